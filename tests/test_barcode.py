"""Barcodes: one form for all, and what is none."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from openback.model.barcode import barcode_of, barcodes_of, check_digit, upc_a_of

numbers = st.integers(10**6, 10**13 - 1).map(lambda body: f"{body}{check_digit(str(body))}")
six_digits = st.text("0123456789", min_size=6, max_size=6)


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        pytest.param("", (), id="nothing"),
        pytest.param("0", (), id="a zero"),
        pytest.param("000000000000", (), id="zeros"),
        pytest.param("oats", (), id="a word"),
        pytest.param("٤٠٠٦٣٨١٣٣٣٩٣١", (), id="digits of another script"),
        pytest.param("4006381333931", ("4006381333931",), id="EAN-13"),
        pytest.param(" 4-006381 333931 ", ("4006381333931",), id="as printed"),
        pytest.param("04006381333931", ("4006381333931",), id="GTIN-14 of one piece"),
        pytest.param("14006381333938", ("14006381333938",), id="GTIN-14 of a case"),
        pytest.param("4006381333932", (), id="a wrong last digit"),
        pytest.param("400638133393", (), id="a digit short"),
        pytest.param("400638133393100", (), id="too long"),
        pytest.param("012345678905", ("0012345678905",), id="UPC-A"),
        pytest.param("12345678905", ("0012345678905",), id="UPC-A without its zero"),
        pytest.param("73513537", ("73513537",), id="EAN-8"),
        pytest.param("0000073513537", ("73513537",), id="EAN-8 with zeros"),
        pytest.param("01234565", ("01234565", "0012345000065"), id="UPC-E that may be an EAN-8"),
        pytest.param("04252614", ("0042100005264",), id="UPC-E that ends in 1"),
        pytest.param("123456", ("0012345000065",), id="the six big digits of a UPC-E"),
        pytest.param("00000000000000225", (), id="a number that an app made up"),
    ],
)
def test_what_a_code_stands_for(code, expected):
    assert barcodes_of(code) == expected
    assert barcode_of(code) in {None, *expected[:1]}


@pytest.mark.parametrize("code", ["123456", "04252615", "0123456", "400638133393", "oats", ""])
def test_what_lacks_its_last_digit_is_no_number(code):
    assert barcode_of(code) is None


@pytest.mark.parametrize(
    ("six", "expected"),
    [  # the rule of each last digit, from the GS1 General Specifications
        ("425261", "042100005264"),
        ("123450", "012000003455"),
        ("123453", "012300000451"),
        ("123454", "012340000053"),
        ("123457", "012345000072"),
    ],
)
def test_a_upc_e_is_written_out(six, expected):
    assert upc_a_of("0", six) == expected


@given(numbers, st.integers(0, 3))
def test_zeros_before_a_number_do_not_matter(number, zeros):
    assert barcode_of("0" * zeros + number) == barcode_of(number) is not None


@given(numbers)
def test_the_one_form_stays_itself(number):
    once = barcode_of(number)
    assert barcode_of(once) == once
    assert len(once) in {8, 13, 14}
    assert int(once) == int(number)


@given(numbers, st.data())
def test_one_wrong_digit_is_always_noticed(number, data):
    place = data.draw(st.integers(0, len(number) - 1))
    wrong = data.draw(st.sampled_from([digit for digit in "0123456789" if digit != number[place]]))
    spoilt = number[:place] + wrong + number[place + 1 :]
    assert barcode_of(number) not in barcodes_of(spoilt)


def test_a_upc_e_with_its_last_digit_is_its_upc_a():
    assert barcode_of("04252614") == "0042100005264"


@given(st.sampled_from("01"), six_digits)
def test_a_upc_e_and_its_upc_a_are_one(system, six):
    whole = upc_a_of(system, six)
    assert len(whole) == 12
    assert whole[-1] == str(check_digit(whole[:-1]))
    if (form := barcode_of(whole)) is not None:
        assert form in barcodes_of(f"{system}{six}{whole[-1]}")


@given(st.text(max_size=30))
def test_nothing_that_is_typed_breaks_it(text):
    for found in barcodes_of(text):
        assert found.isdigit()

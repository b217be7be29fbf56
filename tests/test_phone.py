"""What a phone needs to reach this machine: addresses, names, a certificate, a code, a QR code."""

from __future__ import annotations

import ipaddress
import os
import socket
import stat
import sys
from datetime import UTC, datetime, timedelta

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID

from openback.errors import UnwritableFile
from openback.services.phone import addresses, interfaces
from openback.services.phone.certificate import certificate_for
from openback.services.phone.pairing import Pairing
from openback.services.phone.qr import qr_text
from openback.services.phone.reach import HERE_ONLY, Reach

NOW = datetime(2026, 11, 27, 12, tzinfo=UTC)
HOME = ("192.168.1.20", "anna-laptop.local", "anna-laptop")


def parsed(path) -> x509.Certificate:
    return x509.load_pem_x509_certificate(path.read_bytes())


def names_in(path) -> set[str]:
    held = parsed(path).extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    return {
        *held.get_values_for_type(x509.DNSName),
        *map(str, held.get_values_for_type(x509.IPAddress)),
    }


# --- The certificate ---------------------------------------------------------------------------------


def test_a_machine_without_network_has_a_certificate_for_itself(tmp_path):
    assert names_in(certificate_for(tmp_path, (), now=NOW).path) == {"localhost", "127.0.0.1", "::1"}


def test_the_certificate_is_for_the_names_and_addresses_and_nothing_more(tmp_path):
    made = parsed(certificate_for(tmp_path, HOME, now=NOW).path)
    held = made.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    assert set(held.get_values_for_type(x509.DNSName)) == {"anna-laptop", "anna-laptop.local", "localhost"}
    assert ipaddress.ip_address("192.168.1.20") in held.get_values_for_type(x509.IPAddress)
    constraints = made.extensions.get_extension_for_class(x509.BasicConstraints)
    assert constraints.critical
    assert not constraints.value.ca
    usage = made.extensions.get_extension_for_class(x509.KeyUsage).value
    assert usage.digital_signature
    assert not usage.key_cert_sign
    purposes = made.extensions.get_extension_for_class(x509.ExtendedKeyUsage).value
    assert list(purposes) == [ExtendedKeyUsageOID.SERVER_AUTH]
    assert isinstance(made.public_key().curve, ec.SECP256R1)


def test_it_is_valid_now_and_no_longer_than_browsers_take(tmp_path):
    made = parsed(certificate_for(tmp_path, HOME, now=NOW).path)
    assert made.not_valid_before_utc == NOW - timedelta(days=1)
    assert made.not_valid_after_utc - made.not_valid_before_utc <= timedelta(days=397)


@pytest.mark.parametrize(
    ("days", "names", "same"),
    [
        pytest.param(0, HOME, True, id="the same"),
        pytest.param(0, HOME[:1], True, id="an address fewer"),
        pytest.param(0, tuple(name.upper() for name in HOME), True, id="capitals"),
        pytest.param(364, HOME, True, id="31 days before its end"),
        pytest.param(366, HOME, False, id="29 days before its end"),
        pytest.param(500, HOME, False, id="after its end"),
        pytest.param(-2, HOME, False, id="before it begins"),
        pytest.param(0, (*HOME, "10.0.0.7"), False, id="another address"),
        pytest.param(0, (*HOME[:1], "bea-laptop"), False, id="another name"),
    ],
)
def test_it_is_kept_while_it_will_do(tmp_path, days, names, same):
    first = certificate_for(tmp_path, HOME, now=NOW)
    then = certificate_for(tmp_path, names, now=NOW + timedelta(days=days))
    assert (then == first) is same
    assert {name.lower() for name in names} <= names_in(then.path)


@pytest.mark.parametrize("broken", [b"", b"no certificate", b"\xff\xfe", None], ids=repr)
def test_a_file_that_will_not_do_is_made_anew(tmp_path, broken):
    first = certificate_for(tmp_path / "one", HOME, now=NOW)
    other = certificate_for(tmp_path / "two", HOME, now=NOW)
    if broken is None:  # the key of one and the certificate of another
        key, _, _ = other.path.read_text().partition("-----BEGIN CERTIFICATE")
        broken = (key + first.path.read_text().partition("PRIVATE KEY-----\n")[2]).encode()
    first.path.write_bytes(broken)
    assert certificate_for(tmp_path / "one", HOME, now=NOW).fingerprint not in {
        first.fingerprint,
        other.fingerprint,
    }


@pytest.mark.skipif(os.name != "posix", reason="Windows keeps permissions in another way")
def test_certificate_and_code_are_for_this_person_only(tmp_path):
    before = os.umask(0)
    try:
        path = certificate_for(tmp_path / "phone", HOME, now=NOW).path
        Pairing(tmp_path / "phone")
    finally:
        os.umask(before)
    path.chmod(0o644)
    certificate_for(tmp_path / "phone", HOME, now=NOW)
    assert stat.S_IMODE((tmp_path / "phone").stat().st_mode) == 0o700
    assert {stat.S_IMODE(one.stat().st_mode) for one in (tmp_path / "phone").iterdir()} == {0o600}
    assert len(list((tmp_path / "phone").iterdir())) == 2


def test_a_certificate_that_cannot_be_kept_is_said(tmp_path):
    (tmp_path / "phone").write_text("a file")
    with pytest.raises(UnwritableFile, match=r"certificate\.pem"):
        certificate_for(tmp_path / "phone", HOME, now=NOW)


def test_the_fingerprint_is_as_browsers_show_it(tmp_path):
    parts = certificate_for(tmp_path, HOME, now=NOW).fingerprint.split(":")
    assert len(parts) == 32
    assert all(len(part) == 2 and part == part.upper() for part in parts)


# --- The code ------------------------------------------------------------------------------------------


def test_the_code_is_kept_and_can_be_typed(tmp_path):
    pairing = Pairing(tmp_path)
    assert Pairing(tmp_path).code == pairing.code
    assert [len(part) for part in pairing.code.split("-")] == [4, 4, 4, 4]
    assert pairing.fits(pairing.code.lower().replace("-", " "))


@pytest.mark.parametrize("said", ["", "-", "AAAA", "ä" * 16, "\x00", "A" * 10_000])
def test_what_is_not_the_code_does_not_fit(tmp_path, said):
    assert not Pairing(tmp_path).fits(said)


def test_a_new_code_shuts_the_old_one_out(tmp_path):
    pairing = Pairing(tmp_path)
    old = pairing.code
    pairing.renew()
    assert not pairing.fits(old)
    assert Pairing(tmp_path).fits(pairing.code)


@pytest.mark.parametrize("broken", ["", "short", "A" * 15 + "1", "ABCD-EFGH-IJKL-MNOP"])
def test_a_file_without_a_code_gets_one(tmp_path, broken):
    (tmp_path / "pairing-code.txt").write_text(broken)
    assert not Pairing(tmp_path).fits(broken)


# --- Addresses and names ---------------------------------------------------------------------------------


def test_addresses_are_found_without_a_network(monkeypatch):
    def unreachable(self, address):
        raise OSError(101, "Network is unreachable")

    monkeypatch.setattr(socket.socket, "connect", unreachable)
    monkeypatch.setattr(interfaces, "pairs", lambda: iter([("lo", "127.0.0.1")]))
    assert addresses.own_addresses() == ()


def test_nothing_is_sent_and_nobody_asked(monkeypatch):
    def nobody(*_args):
        raise AssertionError("something was sent")

    for name in ("send", "sendto", "sendmsg"):
        monkeypatch.setattr(socket.socket, name, nobody)
    for name in ("getaddrinfo", "gethostbyname", "getfqdn"):
        monkeypatch.setattr(socket, name, nobody)
    kinds = []
    connect = socket.socket.connect
    monkeypatch.setattr(
        socket.socket, "connect", lambda self, to: (kinds.append(self.type), connect(self, to))[1]
    )
    addresses.own_addresses()
    addresses.own_names()
    assert set(kinds) == {socket.SOCK_DGRAM}


def test_the_way_out_comes_first_and_containers_not_at_all(monkeypatch):
    found = [
        ("lo", "127.0.0.1"),
        ("docker0", "172.17.0.1"),
        ("tailscale0", "100.64.0.9"),
        ("wlan0", "192.168.1.20"),
    ]
    monkeypatch.setattr(interfaces, "pairs", lambda: iter(found))
    monkeypatch.setattr(addresses, "_outward", lambda: "192.168.1.20")
    assert addresses.own_addresses() == ("192.168.1.20", "100.64.0.9")


@pytest.mark.skipif(sys.platform != "linux", reason="the loopback has this name on Linux")
def test_interfaces_of_this_machine_are_read():
    assert ("lo", "127.0.0.1") in list(interfaces.pairs())


@pytest.mark.parametrize(
    ("host", "names"),
    [
        pytest.param("", (), id="no name"),
        pytest.param("localhost", (), id="no name of its own"),
        pytest.param("localhost.localdomain", (), id="no name of its own, long"),
        pytest.param("Annas Mac", (), id="a blank"),
        pytest.param("Anna-Laptop", ("anna-laptop.local", "anna-laptop"), id="short"),
        pytest.param("box.local", ("box.local", "box"), id="local"),
        pytest.param("box.home.arpa", ("box.local", "box.home.arpa", "box"), id="long"),
    ],
)
def test_names_of_a_machine(monkeypatch, host, names):
    monkeypatch.setattr(socket, "gethostname", lambda: host)
    assert addresses.own_names() == names


@pytest.mark.parametrize(
    ("host", "only_here"),
    [
        ("", False),
        ("127.0.0.1", True),
        ("127.5.5.5", True),
        ("localhost", True),
        ("::1", True),
        ("[::1]", True),
        ("::ffff:127.0.0.1", True),
        ("::ffff:192.168.1.2", False),
        ("0.0.0.0", False),
        ("192.168.1.2", False),
        ("localhost.evil.example", False),
        ("testclient", False),
    ],
)
def test_who_is_this_machine(host, only_here):
    assert addresses.is_loopback(host) is only_here


# --- The way in and its picture ----------------------------------------------------------------------------


def test_the_link_carries_the_code_when_there_is_one(tmp_path):
    assert HERE_ONLY.link == ""
    at = ("https://192.168.1.20:8765/", "https://anna-laptop.local:8765/")
    assert Reach(addresses=at).link == at[0]
    pairing = Pairing(tmp_path)
    assert Reach(addresses=at, pairing=pairing).link == f"{at[0]}pair?code={pairing.code}"


def test_the_terminal_draws_the_whole_code():
    import segno

    link = "https://192.168.1.20:8765/pair?code=ABCD-EFGH-IJKL-MNOP"
    lines = qr_text(link).split("\n")
    rows = [[letter in top for letter in line] for line in lines for top in ("▀█", "▄█")]
    modules = [[bool(one) for one in row] for row in segno.make(link, micro=False).matrix_iter(border=2)]
    assert rows[: len(modules)] == modules
    assert not any(any(row) for row in rows[len(modules) :])

"""How often the fan of the strength curve held on real logs, and how the page about it is written."""

from __future__ import annotations

from statistics import fmean

import pytest

from scripts.forecast_accuracy import Outcome, measure, section


def test_the_section_counts_what_held():
    ones = [
        Outcome(weeks=4, error_log=0.1, same_error_log=-0.2, held=True),
        Outcome(weeks=4, error_log=-0.1, same_error_log=0.2, held=False),
    ]
    assert "| 4 | 2 | 50 % | 10.0 % | 20.0 % |" in section({4: ones})


@pytest.mark.slow
def test_the_fan_holds_on_real_logs(real_dir):
    found = measure(real_dir / "logs" / "training_sets.csv.gz")
    for weeks, ones in found.items():
        assert len(ones) > 1500
        assert fmean(one.held for one in ones) == pytest.approx(0.8, abs=0.08), weeks
        off, same = (
            fmean(abs(value) for value in values)
            for values in ([one.error_log for one in ones], [one.same_error_log for one in ones])
        )
        assert off < same

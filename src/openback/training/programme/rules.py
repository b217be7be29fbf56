"""Every rule of the planner, named, in order: the model is this tuple."""

from __future__ import annotations

from typing import Final

from openback.optimise import Rule
from openback.training.programme import rules_dose as dose
from openback.training.programme import rules_session as session
from openback.training.programme import rules_taste as taste
from openback.training.programme.problem import Problem

RULES: Final[tuple[Rule[Problem], ...]] = (
    Rule(
        name="whole_sets",
        title="whole sets",
        says="Every exercise that comes gets a whole number of sets, within its own smallest and largest number.",
        hard=True,
        pieces=session.whole_sets,
    ),
    Rule(
        name="minutes",
        title="the minutes",
        says="Sets with tempo, rest and set-up fit into the minutes that warm-up and mobility leave.",
        hard=True,
        pieces=session.minutes,
    ),
    Rule(
        name="most_exercises",
        title="at most six exercises",
        says="A session has at most six exercises, those of the mobility part included.",
        hard=True,
        pieces=session.most_exercises,
    ),
    Rule(
        name="something_each_day",
        title="something every day",
        says="Every session trains something.",
        hard=True,
        pieces=session.something_each_day,
    ),
    Rule(
        name="session_ceiling",
        title="the most sets of one muscle in a session",
        says="No muscle gets more sets in one session than can still do something: 8 for somebody new, 11 later.",
        hard=True,
        pieces=session.session_ceiling,
    ),
    Rule(
        name="weekly_most",
        title="the most sets of one muscle in a week",
        says="No muscle gets more fractional sets in a week than the upper end of its band, unless pins bring more.",
        hard=True,
        pieces=dose.weekly_most,
    ),
    Rule(
        name="weekly_least",
        title="the weekly band",
        says="All regions of the upper back reach their weekly band wherever some week within the other rules does that.",
        hard=True,
        pieces=dose.weekly_least,
    ),
    Rule(
        name="pinned",
        title="what you pinned",
        says="An exercise that was pinned to a day comes on that day.",
        hard=True,
        pieces=session.pinned,
    ),
    Rule(
        name="weekly_dose",
        title="the weekly dose",
        says="The first sets of a muscle are worth the most, up to its minimum; then each one less, up to its band.",
        hard=False,
        pieces=dose.weekly_dose,
    ),
    Rule(
        name="two_sessions",
        title="two sessions a region",
        says="Each region of the upper back is trained on at least two days, where the week has two.",
        hard=False,
        pieces=dose.two_sessions,
    ),
    Rule(
        name="both_pulls",
        title="a pull from above and a row",
        says="Every session has a pull from above and a row, where the place and the minutes allow.",
        hard=False,
        pieces=taste.both_pulls,
    ),
    Rule(
        name="classic_lifts",
        title="the classic lifts",
        says="The wide-grip pull-down, the one-arm row and the shrug come first where the kit is there.",
        hard=False,
        pieces=taste.classic_lifts,
    ),
    Rule(
        name="likes",
        title="likes and dislikes",
        says="What is liked comes at least once; what is disliked only when nothing else will do.",
        hard=False,
        pieces=taste.likes,
    ),
    Rule(
        name="suits_the_person",
        title="what suits the person",
        says="Exercises that are kind to a complaint, serve a goal or a finding, fit the experience or are known weigh more.",
        hard=False,
        pieces=taste.suits_the_person,
    ),
    Rule(
        name="few_exercises",
        title="few exercises",
        says="A few exercises done well are better than many with few sets.",
        hard=False,
        pieces=taste.few_exercises,
    ),
    Rule(
        name="variety_between_days",
        title="variety between days",
        says="The same exercise on more days than helps to learn it counts against a week.",
        hard=False,
        pieces=taste.variety_between_days,
    ),
    Rule(
        name="variety_in_a_session",
        title="variety in a session",
        says="Two exercises of one pattern with one kind of load in the same session count against it.",
        hard=False,
        pieces=taste.variety_in_a_session,
    ),
    Rule(
        name="even_days",
        title="even days",
        says="Work spreads over the days: the fullest session is no fuller than it must be.",
        hard=False,
        pieces=taste.even_days,
    ),
    Rule(
        name="little_change",
        title="little change",
        says="When a plan is made anew, what was planned before stays unless a change is worth it.",
        hard=False,
        pieces=taste.little_change,
    ),
)

"""Scales from values, words and the question."""

from __future__ import annotations

import pytest

from amp.imports.scales import Scale, detect_scale, is_dont_know


def scale(*answers: str, question: str = "", times: int = 10) -> Scale | None:
    return detect_scale(dict.fromkeys(answers, times), question)


@pytest.mark.parametrize(
    ("worst_to_best", "ends"),
    [
        (("Very dissatisfied", "Dissatisfied", "Neutral", "Satisfied", "Very satisfied"), (1, 5)),
        (("Strongly disagree", "Disagree", "Neither agree nor disagree", "Agree", "Strongly agree"), (1, 5)),
        (
            (
                "Strongly disagree",
                "Disagree",
                "Somewhat disagree",
                "Neutral",
                "Somewhat agree",
                "Agree",
                "Strongly agree",
            ),
            (1, 7),
        ),
        (("Very unlikely", "Unlikely", "Likely", "Very likely"), (1, 4)),
        (("Failed", "Worse", "Same", "Better", "Superior"), (1, 5)),
        (
            (
                "Not at all important",
                "Slightly important",
                "Moderately important",
                "Very important",
                "Extremely important",
            ),
            (1, 5),
        ),
        (("Poor", "Fair", "Good", "Excellent"), (1, 4)),
        (("Poor", "Fair", "Good", "Very good", "Excellent"), (1, 5)),
        (("Very high effort", "High effort", "Moderate effort", "Low effort", "Very low effort"), (1, 5)),
        (("Never", "Rarely", "Sometimes", "Often", "Always"), (1, 5)),
        (("sehr unzufrieden", "unzufrieden", "teils/teils", "zufrieden", "sehr zufrieden"), (1, 5)),
        (("Pas du tout d'accord", "Plutôt pas d'accord", "Plutôt d'accord", "Tout à fait d'accord"), (1, 5)),
        (("Muy insatisfecho", "Insatisfecho", "Neutral", "Satisfecho", "Muy satisfecho"), (1, 5)),
    ],
)
def test_words_find_their_place_from_bad_to_good(worst_to_best: tuple[str, ...], ends: tuple[int, int]) -> None:
    found = scale(*reversed(worst_to_best))
    assert found is not None
    assert (found.low, found.high) == ends
    values = [found.labels[answer] for answer in worst_to_best]
    assert values == sorted(values)
    assert (values[0], values[-1]) == ends


@pytest.mark.parametrize(
    "worst_to_best",
    [
        ("molto insoddisfatto", "insoddisfatto", "neutrale", "soddisfatto", "molto soddisfatto"),
        ("zeer ontevreden", "ontevreden", "neutraal", "tevreden", "zeer tevreden"),
        ("muito insatisfeito", "insatisfeito", "neutro", "satisfeito", "muito satisfeito"),
        ("mycket missnöjd", "missnöjd", "varken eller", "nöjd", "mycket nöjd"),
        ("Très insatisfait(e)", "Insatisfait(e)", "Neutre", "Satisfait(e)", "Très satisfait(e)"),
        ("stimme überhaupt nicht zu", "stimme nicht zu", "neutral", "stimme zu", "stimme vollständig zu"),
        ("beaucoup moins bien", "moins bien", "identique", "mieux", "beaucoup mieux"),
    ],
)
def test_five_steps_are_told_apart_in_other_languages(worst_to_best: tuple[str, ...]) -> None:
    found = scale(*reversed(worst_to_best))
    assert found is not None
    assert [found.labels[answer] for answer in worst_to_best] == [1, 2, 3, 4, 5]


def test_numbers_around_zero_are_a_scale_but_a_lone_minus_one_is_none() -> None:
    around = scale("-2", "-1", "0", "1", "2")
    coded = scale("-1", "1", "3", "5")
    assert around is not None
    assert (around.low, around.high) == (-2, 2)
    assert coded is not None
    assert (coded.low, coded.high) == (1, 5)


@pytest.mark.parametrize(
    ("answers", "question", "ends"),
    [
        (("1", "3", "5"), "", (1, 5)),
        (("2", "6", "7"), "", (1, 7)),
        (("0", "8", "10"), "", (0, 10)),
        (("3", "4", "5"), "On a scale of 1 to 7, how good is it?", (1, 7)),
        (("3", "4", "5"), "Rate us (1 = poor, 5 = excellent)", (1, 5)),
        (("5 - Excellent", "4", "1 - Poor"), "", (1, 5)),
        (("Not at all likely = 0", "7", "10 - Extremely likely"), "", (0, 10)),
    ],
)
def test_numbers_find_their_scale(answers: tuple[str, ...], question: str, ends: tuple[int, int]) -> None:
    found = scale(*answers, question=question)
    assert found is not None
    assert (found.low, found.high, found.reversed_) == (*ends, False)


def test_a_scale_that_runs_downwards_is_turned() -> None:
    by_words = scale("1 - Very satisfied", "2", "5 - Very dissatisfied")
    by_question = scale("1", "3", "5", question="1 = very satisfied, 5 = very dissatisfied")
    assert by_words is not None
    assert by_words.reversed_
    assert by_question is not None
    assert by_question.reversed_


def test_a_few_scores_outside_do_not_hide_the_scale() -> None:
    found = detect_scale({"1": 20, "3": 40, "5": 30, "55": 1, "99": 2})
    assert found is not None
    assert (found.low, found.high) == (1, 5)


def test_a_stray_remark_does_not_hide_a_worded_scale() -> None:
    found = detect_scale({"Very satisfied": 30, "Satisfied": 40, "Dissatisfied": 10, "Neutral": 9, "see my mail": 1})
    assert found is not None
    assert (found.low, found.high) == (1, 5)
    assert "see my mail" not in found.labels


@pytest.mark.parametrize(
    "answers", [("Yes", "No"), ("Male", "Female"), ("Agree", "Disagree"), ("Red", "Green", "Blue"), ("1850", "1990")]
)
def test_a_choice_is_no_scale(answers: tuple[str, ...]) -> None:
    assert scale(*answers) is None


@pytest.mark.parametrize(
    "answer",
    ["N/A", "Don't know", "Don’t know", "not applicable", "Unfamiliar (N/A)", "Weiß nicht", "k. A.", "No sabe"],
)
def test_who_will_not_judge_is_kept_apart(answer: str) -> None:
    assert is_dont_know(answer)
    found = scale("Satisfied", "Very satisfied", "Neutral", "Dissatisfied", answer)
    assert found is not None
    assert found.dont_know == (answer,)
    assert answer not in found.labels

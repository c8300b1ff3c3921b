"""How the quiz did as a whole."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import fmean, median

from preau.kit.questions.analysis.moments import Spread, centred, covariance


@dataclass(frozen=True)
class Quiz:
    """The marks of the attempts, in marks out of ``out_of``.

    ``standard_deviation``: divided by n - 1.
    ``skewness``, ``kurtosis`` (0 for a normal distribution): Fisher's k3 / k2^1.5 and
    k4 / k2^2 ([Moodle]; G1 and G2 of D. N. Joanes and C. A. Gill, “Comparing measures of sample
    skewness and kurtosis”, The Statistician 47, 1998); from 3 and 4 attempts on.
    ``alpha``: the coefficient of internal consistency, at most 1 (L. J. Cronbach, “Coefficient
    alpha and the internal structure of tests”, Psychometrika 16, 1951).
    ``error_ratio``: the root of 1 - alpha, the part of the standard deviation that is chance.
    ``standard_error``: of one attempt's mark, their product [Moodle].
    """

    count: int
    out_of: float
    mean: float | None = None
    median: float | None = None
    standard_deviation: float | None = None
    skewness: float | None = None
    kurtosis: float | None = None
    alpha: float | None = None
    error_ratio: float | None = None
    standard_error: float | None = None


def quiz_of(
    totals: Sequence[float], spreads: Sequence[Spread | None], out_of: float, scale: float
) -> Quiz:
    """The quiz's indices from the attempts' marks and how those of each marked slot vary."""
    count = len(totals)
    if not count:
        return Quiz(count, out_of)
    if count < 2:
        return Quiz(count, out_of, fmean(totals), median(totals))
    marks = centred(totals, scale)
    variance = covariance(marks, marks)
    deviation = math.sqrt(variance)
    alpha = alpha_of([it.one for it in spreads if it is not None], variance)
    ratio = None if alpha is None else math.sqrt(1 - alpha)
    return Quiz(
        count,
        out_of,
        fmean(totals),
        median(totals),
        deviation,
        skewness(marks),
        kurtosis(marks),
        alpha,
        ratio,
        None if ratio is None else ratio * deviation,
    )


def alpha_of(variances: Sequence[float], whole: float) -> float | None:
    """Cronbach's alpha: k / (k - 1) · (1 - sum of the k slots' variances / the whole one).

    None for fewer than two slots, or attempts that are all alike.
    """
    count = len(variances)
    if count < 2 or whole <= 0:
        return None
    return min(1.0, count / (count - 1) * (1 - math.fsum(variances) / whole))


def skewness(marks: Sequence[float]) -> float | None:
    """Of centred marks: k3 / k2^1.5, with k3 = n² m3 / ((n - 1)(n - 2))."""
    n = len(marks)
    if n < 3 or not any(marks):
        return None
    marks = _small(marks)
    k3 = n * math.fsum(it**3 for it in marks) / ((n - 1) * (n - 2))
    return float(k3 / covariance(marks, marks) ** 1.5)


def kurtosis(marks: Sequence[float]) -> float | None:
    """Of centred marks: k4 / k2².

    k4 = n² ((n + 1) m4 - 3 (n - 1) m2²) / ((n - 1)(n - 2)(n - 3)).
    """
    n = len(marks)
    if n < 4 or not any(marks):
        return None
    marks = _small(marks)
    m2 = math.fsum(it**2 for it in marks) / n
    m4 = math.fsum(it**4 for it in marks) / n
    k4 = n * n * ((n + 1) * m4 - 3 * (n - 1) * m2 * m2) / ((n - 1) * (n - 2) * (n - 3))
    return float(k4 / covariance(marks, marks) ** 2)


def _small(marks: Sequence[float]) -> list[float]:
    """The same shape from -1 to 1: a fourth power is soon out of a float's range."""
    unit = max(map(abs, marks))
    return [mark / unit for mark in marks]

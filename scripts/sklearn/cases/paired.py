"""Differences of pairs: whether they can be chance."""
from case import case
from scipy.stats import t, ttest_1samp

DIFFERENCES = [
    [0.012, 0.008, 0.015, 0.011, 0.009],
    [0.012, -0.008, 0.015, -0.011, 0.009],
    [0.004, 0.001],
    [-0.02, -0.031, -0.018, -0.024, -0.029, -0.022, -0.027, -0.025, -0.019, -0.028, -0.021, -0.03],
    [0.3, -0.3, 0.1],
]


@case
def paired_differences():
    tests = [ttest_1samp(values, 0) for values in DIFFERENCES]
    tails = [[statistic, df, 2 * t.sf(statistic, df)] for statistic in [0, 0.1, 1, 2.5, 12, 80] for df in [1, 2, 4, 9, 47]]
    return {
        "differences": DIFFERENCES,
        "statistics": [float(test.statistic) for test in tests],
        "p": [float(test.pvalue) for test in tests],
        "tails": tails,
    }

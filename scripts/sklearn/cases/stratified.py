"""How many samples of each class are set aside to test on."""
import numpy
from case import case
from sklearn.model_selection import train_test_split


@case
def stratified():
    """Classes of sizes that give no two equal remainders, where scikit-learn draws lots."""

    def divided(counts, share):
        labels = numpy.repeat(numpy.arange(len(counts)), counts)
        _, test = train_test_split(labels, test_size=share, stratify=labels, random_state=1)
        return {"counts": counts, "share": share, "test": numpy.bincount(test, minlength=len(counts)).tolist()}

    return [
        divided([50, 50], 0.2),
        divided([33, 71, 96], 0.2),
        divided([101, 57, 13, 8], 0.25),
        divided([7, 19, 140, 61, 23], 0.3),
        divided([500, 37, 211], 0.15),
        divided([17, 29, 43, 59, 73, 89], 0.1),
        divided([20, 90], 0.07),
    ]

"""Answers to two classes and more, judged by their probabilities."""
import numpy
from case import case
from sklearn.calibration import calibration_curve
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import (
    average_precision_score,
    brier_score_loss,
    classification_report,
    confusion_matrix,
    log_loss,
    precision_recall_curve,
    roc_auc_score,
    roc_curve,
)
from sklearn.preprocessing import StandardScaler
from sklearn.utils.class_weight import compute_class_weight

THRESHOLDS = [0, 0.1, 0.25, 0.5, 0.8, 0.9, 1]


def as_float32(scores):
    """Probabilities as a network gives them, in float64 so that nothing is rounded any more."""
    return numpy.clip(scores, 0, 1).astype(numpy.float32).astype(numpy.float64)


def finite(values):
    """Infinity, which JSON lacks, as null."""
    return [None if numpy.isinf(value) else value for value in values.tolist()]


def decisions(labels, scores):
    """Both are float32 here, so that a probability of 0.9 counts at the threshold 0.9."""
    scores = scores.astype(numpy.float32)

    def report(predicted):
        return classification_report(labels, predicted, labels=[0, 1], output_dict=True, zero_division=0)

    return [
        {
            "threshold": threshold,
            "confusion": confusion_matrix(labels, scores >= numpy.float32(threshold), labels=[0, 1]).tolist(),
            "positive": {key: report(scores >= numpy.float32(threshold))["1"][key] for key in ["precision", "recall", "f1-score"]},
        }
        for threshold in THRESHOLDS
    ]


def judged(name, labels, scores):
    scores = as_float32(scores)
    fpr, tpr, thresholds = roc_curve(labels, scores)
    precision, recall, cuts = precision_recall_curve(labels, scores)
    share, confidence = calibration_curve(labels, scores, n_bins=10)
    counts, _ = numpy.histogram(numpy.searchsorted(numpy.linspace(0, 1, 11)[1:-1], scores), numpy.arange(11))
    filled = counts[counts > 0]
    return {
        "name": name,
        "labels": labels.tolist(),
        "scores": scores.tolist(),
        "roc": {"fpr": fpr.tolist(), "tpr": tpr.tolist(), "thresholds": finite(thresholds)},
        "area": roc_auc_score(labels, scores),
        "precisionRecall": {
            "precision": precision.tolist(),
            "recall": recall.tolist(),
            "thresholds": cuts.tolist(),
        },
        "averagePrecision": average_precision_score(labels, scores),
        "calibration": {"share": share.tolist(), "confidence": confidence.tolist(), "counts": filled.tolist()},
        "calibrationError": float(numpy.sum(filled * numpy.abs(share - confidence)) / len(labels)),
        "brier": brier_score_loss(labels, scores),
        "decisions": decisions(labels, scores),
    }


@case
def two_classes():
    generator = numpy.random.default_rng(2017)

    def drawn(count, share, strength):
        labels = (generator.random(count) < share).astype(int)
        logits = strength * (labels - share) + generator.normal(size=count)
        return labels, 1 / (1 + numpy.exp(-logits))

    even, scores = drawn(160, 0.5, 2)
    rare, rare_scores = drawn(240, 0.08, 3)
    return [
        judged("even classes", even, scores),
        judged("a rare class", rare, rare_scores),
        judged("many equal probabilities", even, numpy.round(scores, 1)),
        judged("the same probability for all", even, numpy.full(len(even), 0.5)),
        judged("no mistake", even, numpy.where(even == 1, 0.9, 0.2)),
        judged("nothing but mistakes", even, numpy.where(even == 1, 0.2, 0.9)),
        judged("certain, and not always right", even, (generator.random(len(even)) < 0.5).astype(float)),
        judged("probabilities on the edges of the bins", even, generator.integers(0, 11, len(even)) / 10),
    ]


@case
def one_class_against_the_rest():
    """Three classes: for each one, whether a row belongs to it."""
    generator = numpy.random.default_rng(7)
    labels = generator.choice(3, 150, p=[0.6, 0.3, 0.1])
    logits = 1.5 * numpy.eye(3)[labels] + generator.normal(size=(150, 3))
    odds = numpy.exp(logits)
    probabilities = as_float32(odds / odds.sum(axis=1, keepdims=True))
    return {
        "labels": labels.tolist(),
        "probabilities": probabilities.ravel().tolist(),
        "classes": [judged(f"class {c}", (labels == c).astype(int), probabilities[:, c]) for c in range(3)],
    }


@case
def class_weights():
    def weighted(labels):
        weights = compute_class_weight(class_weight="balanced", classes=numpy.unique(labels), y=labels)
        return {"labels": labels.tolist(), "weights": weights.tolist()}

    generator = numpy.random.default_rng(11)
    return [
        weighted(numpy.repeat([0, 1], [50, 50])),
        weighted((generator.random(200) < 0.06).astype(int)),
        weighted(generator.choice(4, 120, p=[0.5, 0.3, 0.15, 0.05])),
    ]


@case
def logistic_regression():
    """Two classes that overlap, so that the coefficients are finite; the rows are standardised."""
    generator = numpy.random.default_rng(4)
    labels = (generator.random(400) < 0.35).astype(int)
    measured = generator.normal(size=(400, 3)) * [3, 40, 0.2] + numpy.outer(labels, [2, -30, 0.05]) + [10, 1000, 1]
    rows = StandardScaler().fit_transform(measured).astype(numpy.float32).astype(numpy.float64)

    def fitted(class_weight):
        model = LogisticRegression(C=numpy.inf, class_weight=class_weight, tol=1e-10, max_iter=10000)
        model.fit(rows, labels)
        return {
            "coefficients": model.coef_[0].tolist(),
            "intercept": float(model.intercept_[0]),
            "loss": log_loss(labels, model.predict_proba(rows)),
        }

    return {"rows": rows.tolist(), "labels": labels.tolist(), "none": fitted(None), "balanced": fitted("balanced")}

"""Columns of a table, fitted on some of its rows and applied to all."""
import numpy
from case import case
from sklearn.impute import SimpleImputer
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import OneHotEncoder, StandardScaler


@case
def columns():
    generator = numpy.random.default_rng(145)
    count = 240
    train = numpy.sort(generator.permutation(count)[:190])

    def fitted(name, cells, strategy):
        """`cells`: numbers with NaN where one is missing."""
        column = cells.reshape(-1, 1)
        steps = [SimpleImputer(strategy=strategy)] if strategy else []
        pipeline = make_pipeline(*steps, StandardScaler()).fit(column[train])
        scaler = pipeline[-1]
        return {
            "name": name,
            "strategy": strategy or "drop",
            "cells": [None if numpy.isnan(cell) else cell for cell in cells.tolist()],
            "fill": float(pipeline[0].statistics_[0]) if strategy else None,
            "mean": float(scaler.mean_[0]),
            "deviation": float(scaler.scale_[0]),
            "values": pipeline.transform(column).ravel().tolist(),
        }

    def holed(cells, share):
        return numpy.where(generator.random(count) < share, numpy.nan, cells)

    pressure = generator.normal(1015, 7, count)
    rain = numpy.round(generator.exponential(3, count) * (generator.random(count) < 0.4), 1)
    islands = generator.choice(["Torgersen", "Dream", "Biscoe", "Île aux Cochons"], count, p=[0.2, 0.35, 0.35, 0.1])
    some = numpy.where(generator.random(count) < 0.1, numpy.nan, islands.astype(object)).astype(object)
    imputer = SimpleImputer(strategy="most_frequent").fit(some[train].reshape(-1, 1))
    encoder = OneHotEncoder(sparse_output=False, handle_unknown="ignore")
    encoder.fit(imputer.transform(some[train].reshape(-1, 1)))
    return {
        "train": train.tolist(),
        "numbers": [
            fitted("complete", pressure, None),
            fitted("filled with the mean", holed(pressure, 0.2), "mean"),
            fitted("filled with the median", holed(rain, 0.3), "median"),
            fitted("constant", numpy.full(count, 0.1), "mean"),
            fitted("large", pressure * 1e9, "median"),
        ],
        "categories": {
            "cells": [None if isinstance(cell, float) else cell for cell in some.tolist()],
            "fill": str(imputer.statistics_[0]),
            "categories": [str(name) for name in encoder.categories_[0]],
            "values": encoder.transform(imputer.transform(some.reshape(-1, 1))).tolist(),
        },
    }

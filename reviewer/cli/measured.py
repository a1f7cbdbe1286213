"""The measures of the classifier, as lines for people and as JSON."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from typing import Any

from reviewer.language import tr
from reviewer.learn.evaluation import Share
from reviewer.learn.measures import Counts, Measures
from reviewer.report.words import category_name
from reviewer.terms import Category

SCHEMA = "reviewer.evaluation/1"


def lines(found: Mapping[Category, Measures]) -> Iterator[str]:
    """Shares with Wilson's 95 % interval; sums of them and areas have none."""
    yield tr(
        "每位作者由其余作者训练、校准、定阈值后评估；方括号内是 95 % 置信区间（Wilson）",
        "each author is judged by training, calibration and threshold of the others; in brackets Wilson's 95 %",
    )
    for category, one in found.items():
        total = one.total
        yield category_name(category.value)
        yield f"  {tr('召回率', 'recall')} {total.recall}"
        yield f"  {tr('精确率', 'precision')} {total.precision}"
        yield f"  {tr('误报（无此类的文件）', 'raised without it')} {total.raised_share}"
        yield f"  {tr('误报（全无问题的文件）', 'raised of lawful')} {one.lawful}"
        yield (
            f"  F2 {total.f2:.3f}   {tr('平衡准确率', 'balanced accuracy')} {total.balanced_accuracy:.3f}"
            f"   AUC {one.auc:.3f}   ECE {one.calibration_error:.3f}"
        )
        for author, counts in one.by_author.items():
            yield f"  {tr('作者', 'author')} {author}: {tr('召回率', 'recall')} {_share(counts.recall)}" + (
                f"，{tr('误报', 'raised')} {_share(counts.raised_share)}"
            )


def _share(share: Share) -> str:
    return str(share) if share.all else "—"


def content(found: Mapping[Category, Measures]) -> dict[str, Any]:
    """The same as JSON; what has no value is null."""
    return {
        "schema": SCHEMA,
        "categories": {
            category.value: {
                **_counts(one.total),
                "lawful_raised": _shared(one.lawful),
                "auc": _number(one.auc),
                "ece": _number(one.calibration_error),
                "authors": {author: _counts(counts) for author, counts in one.by_author.items()},
            }
            for category, one in found.items()
        },
    }


def _counts(counts: Counts) -> dict[str, Any]:
    return {
        "recall": _shared(counts.recall),
        "precision": _shared(counts.precision),
        "raised": _shared(counts.raised_share),
        "f2": _number(counts.f2),
        "balanced_accuracy": _number(counts.balanced_accuracy),
    }


def _shared(share: Share) -> dict[str, Any]:
    low, high = share.interval
    return {"value": _number(share.value), "low": low, "high": high, "hits": share.hits, "all": share.all}


def _number(value: float) -> float | None:
    return None if math.isnan(value) else value

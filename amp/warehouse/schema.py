"""The tidy shape every import is brought into: five Parquet tables, column by column (docs/data-model.md)."""

from __future__ import annotations

from typing import Final

import pyarrow as pa

_MONEY: Final = pa.decimal128(18, 2)
_UTC: Final = pa.timestamp("us", tz="UTC")

RESPONSES: Final = pa.schema(
    [
        ("dataset_id", pa.string()),
        ("response_id", pa.string()),  # the vendor's id, or the row number: unique within the data set
        ("wave", pa.string()),
        ("answered_at", _UTC),
        ("respondent_id", pa.string()),  # the same person in every wave, where the export can tell
        ("account_ref", pa.string()),  # account id or name as exported; joined when the workspace opens
        ("email_domain", pa.string()),
        ("title", pa.string()),
        ("role", pa.string()),  # decision_maker | recommender | influencer
        ("role_confidence", pa.float64()),
        ("industry", pa.string()),
        ("region", pa.string()),
        ("product", pa.string()),
        ("segment", pa.string()),
        ("weight", pa.float64()),
        ("complete", pa.bool_()),
    ]
)

ANSWERS: Final = pa.schema(
    [
        ("dataset_id", pa.string()),
        ("response_id", pa.string()),
        ("question_id", pa.string()),
        ("value", pa.float64()),  # on the question's scale, high is good; null for comments and "don't know"
        ("label", pa.string()),  # the choice as worded
        ("comment", pa.string()),  # free text
        ("status", pa.string()),  # answered | dont_know   (an unanswered question has no row)
    ]
)

QUESTIONS: Final = pa.schema(
    [
        ("dataset_id", pa.string()),
        ("question_id", pa.string()),
        ("question_key", pa.string()),  # equal in every wave that asks the same thing
        ("position", pa.int32()),
        ("column", pa.string()),  # the heading as exported
        ("wording", pa.string()),
        ("kind", pa.string()),  # rating | recommend | importance | comparison | comment | choice | number
        ("subject", pa.string()),  # company | product | service | other
        ("attribute", pa.string()),  # short name for charts: "Delivery on time"
        ("competitor", pa.string()),
        ("scale_low", pa.float64()),
        ("scale_high", pa.float64()),
        ("reversed", pa.bool_()),  # the export ran high-is-bad and was turned round
    ]
)

ACCOUNTS: Final = pa.schema(
    [
        ("dataset_id", pa.string()),
        ("account_id", pa.string()),
        ("name", pa.string()),
        ("revenue", _MONEY),
        ("cost", _MONEY),
        ("currency", pa.string()),
        ("industry", pa.string()),
        ("region", pa.string()),
        ("segment", pa.string()),
        ("domain", pa.string()),
        ("owner", pa.string()),
        ("strategic", pa.bool_()),
        ("strategic_reason", pa.string()),
    ]
)

CONTACTS: Final = pa.schema(
    [
        ("dataset_id", pa.string()),
        ("contact_id", pa.string()),
        ("account_ref", pa.string()),
        ("name", pa.string()),
        ("email", pa.string()),
        ("title", pa.string()),
        ("role", pa.string()),
        ("role_confidence", pa.float64()),
        ("site", pa.string()),
        ("department", pa.string()),
    ]
)

TABLES: Final[dict[str, pa.Schema]] = {
    "responses": RESPONSES,
    "answers": ANSWERS,
    "questions": QUESTIONS,
    "accounts": ACCOUNTS,
    "contacts": CONTACTS,
}

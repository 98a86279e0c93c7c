"""Words that several parts of a scenario file share."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from skypact.reading import Ref

PartialDate = Annotated[str, Field(pattern=r"^\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?$")]
"""A date as well as it is known: ``2024``, ``2024-05`` or ``2024-05-11``."""

StatementId = Annotated[str, Ref("statement")]

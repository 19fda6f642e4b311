"""Every operation of the OpenAPI document called with generated values: no failure, and answers as documented."""

from typing import Any

import pytest
import schemathesis
from fastapi import FastAPI
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

CHECKS = [not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance]
EXAMPLES = 12
"""Calls an operation; the seed is fixed by `derandomize`."""


@pytest.fixture
def operations(app: FastAPI, client: Any) -> dict[str, Any]:
    schema = schemathesis.openapi.from_asgi("/api/v1/openapi.json", app)
    found = (result.ok() for result in schema.get_all_operations())
    return {str(one.definition.raw["operationId"]): one for one in found}


def test_answers_are_as_documented(operations: dict[str, Any]) -> None:
    assert len(operations) >= 20
    for operation in operations.values():

        @settings(
            max_examples=EXAMPLES,
            deadline=None,
            derandomize=True,
            database=None,
            phases=(Phase.explicit, Phase.generate),
            suppress_health_check=list(HealthCheck),
        )
        @given(case=operation.as_strategy())
        def check(case: Any) -> None:
            case.call_and_validate(checks=CHECKS)

        check()

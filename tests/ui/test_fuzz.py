"""The OpenAPI document is true, for requests it allows and those it forbids."""

import pytest

from bench.fuzzing import app_of, fuzz, operations_of
from qa.service import Service

pytestmark = pytest.mark.slow


@pytest.mark.filterwarnings("ignore")
def test_every_operation_answers_as_documented(service: Service) -> None:
    operations = list(operations_of(app_of(service)))
    assert {"/sparql", "/id/{ref}", "/dump/mattra.{ending}", "/api/ask"} <= {
        each.path for each in operations
    }
    wrong = [fault for each in operations for fault in fuzz(each, 3)]
    assert wrong == []

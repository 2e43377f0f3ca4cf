"""The same measures on a local Spark: `pip install onestory[spark]`, and a Java."""

import shutil

import ibis
import pytest
from pyarrow import parquet

from onestory.analysis import measures
from onestory.analysis.measures import MEASURES
from tests.measuring import YEAR, Rows
from tests.spec.test_measures import COUNTED
from tests.spec.test_measures_said import CONTACTS, RECEIVED

pyspark = pytest.importorskip(
    "pyspark.sql", reason="NOT TRIED ON SPARK: pyspark is not installed (the extra `spark`)."
)
pytestmark = [
    pytest.mark.slow,
    pytest.mark.filterwarnings("ignore"),  # what Spark and pandas say to each other
    pytest.mark.skipif(not shutil.which("java"), reason="NOT TRIED ON SPARK: there is no Java."),
]
SOME = (
    "contacts-for-each-person",
    "contacts-in-time",
    "contacts-hours-to-decide",
    "needs-for-each-person",
    "referrals-unanswered",
    "cases-days-open",
    "sessions-minutes-long",
    "goals-nearer",
    "sharing-teams-that-know",
)
ROWS = {code: rows for code, rows, _ in COUNTED if code in SOME}


@pytest.fixture(scope="module")
def spark():
    settings = {"spark.ui.enabled": "false", "spark.sql.shuffle.partitions": "1"}
    builder = pyspark.SparkSession.builder.master("local[1]")
    for name, value in (settings | {"spark.sql.session.timeZone": "UTC"}).items():
        builder = builder.config(name, value)
    session = builder.getOrCreate()
    yield ibis.pyspark.connect(session)
    session.stop()


class OnSpark:
    """Rows as Parquet files that Spark reads."""

    def __init__(self, spark, rows: Rows, folder):
        self.spark, self.rows, self.folder = spark, rows, folder
        self.counted_to = rows.counted_to

    def table(self, code: str) -> ibis.Table:
        path = self.folder / f"{code}.parquet"
        parquet.write_table(self.rows.arrow(code), path)
        return self.spark.read_parquet(path, table_name=code)


@pytest.mark.parametrize("code", SOME)
def test_spark_counts_the_same(spark, tmp_path, code):
    measure, rows = MEASURES[code], ROWS[code]
    found = measures.run(measure, OnSpark(spark, rows, tmp_path), YEAR)
    assert found == measures.run(measure, rows, YEAR)


@pytest.mark.parametrize("by", ["abuse", "grade", "age_band", "month", "quarter", "year"])
def test_spark_groups_the_same(spark, tmp_path, by):
    found = measures.run(RECEIVED, OnSpark(spark, CONTACTS, tmp_path), YEAR, by=by)
    assert found == measures.run(RECEIVED, CONTACTS, YEAR, by=by)

"""A session of Spark that keeps to itself: no ports outwards, no word on standard output."""

import os
import shutil
import sys
import warnings
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

import polars as pl

from graph.errors import InputError

_INSTALL: Final = "pip install 'mattra[spark]'"
_JAVA: Final = "apt-get install openjdk-17-jre-headless"
_ALWAYS: Final = {"spark.ui.showConsoleProgress": "false"}
_USUAL: Final = {
    "spark.ui.enabled": "false",
    "spark.log.level": "WARN",
    # Spark only passes tables on: compiling steps for them takes longer than it saves.
    "spark.sql.codegen.wholeStage": "false",
    "spark.sql.adaptive.enabled": "false",
    # A worker has one core; polars would take them all in each.
    "spark.executorEnv.POLARS_MAX_THREADS": "1",
}
_LOCAL: Final = {"spark.driver.bindAddress": "127.0.0.1", "spark.driver.host": "127.0.0.1"}


@contextmanager
def spark_session(master: str | None, log: Path) -> Iterator[Callable[[], Any]]:
    """Give what returns the session: the one that is running, or one that ends with the block.

    It is started when it is first asked for.

    :param master: such as ``local[2]``; by default what spark-defaults says, else all cores.
    :param log: file for what Spark says.
    :raises InputError: Spark or Java is not there.
    """
    try:
        with quiet():
            from pyspark.sql import SparkSession
    except ImportError as error:
        raise InputError(
            f"--engine spark ต้องมี pyspark ติดตั้งด้วย {_INSTALL}",
            f"--engine spark needs pyspark; install it with {_INSTALL}",
        ) from error
    started: list[Any] = []

    def session() -> Any:
        running = started[0] if started else SparkSession.getActiveSession()
        if running is None:
            running = _started(master, log)
            started.append(running)
        return running

    try:
        yield session
    finally:
        for each in started:
            each.stop()


@contextmanager
def quiet() -> Iterator[None]:
    """Leave out what pyspark says of a pandas that is not used here."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", FutureWarning)
        yield


def struct(columns: Mapping[str, Any]) -> Any:
    """Return columns of polars as a type of Spark."""
    from pyspark.sql import types

    kinds = {
        pl.String: types.StringType(),
        pl.Int64: types.LongType(),
        pl.Float64: types.DoubleType(),
        pl.Boolean: types.BooleanType(),
        pl.Date: types.DateType(),
    }
    return types.StructType([types.StructField(name, kinds[k]) for name, k in columns.items()])


def _started(master: str | None, log: Path) -> Any:
    from pyspark import SparkConf, SparkContext
    from pyspark.errors import PySparkRuntimeError
    from pyspark.sql import SparkSession

    home = os.environ.get("JAVA_HOME")
    if not (shutil.which("java") or (home and Path(home, "bin", "java").exists())):
        raise InputError(
            f"--engine spark ต้องมี Java 17 ขึ้นไป ติดตั้งด้วย {_JAVA} หรือตั้ง JAVA_HOME",
            f"--engine spark needs Java 17 or later; install it with {_JAVA} or set JAVA_HOME",
        )
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    try:
        with _spoken_to(log), _quick_java(), quiet():
            # The machine is started first: only it knows what spark-defaults says.
            SparkContext._ensure_initialized()
            conf = SparkConf()
            if master:
                conf.setMaster(master)
            conf.setAppName("mattra validate")
            at = conf.get("spark.master", "")
            local = at == "local" or at.startswith("local[")
            for name, value in {**_USUAL, **(_LOCAL if local else {})}.items():
                conf.setIfMissing(name, value)
            conf.setAll(_ALWAYS.items())
            return SparkSession.builder.config(conf=conf).getOrCreate()
    except (PySparkRuntimeError, OSError) as error:
        raise InputError(
            f"เปิด Spark ไม่ได้ ต้องใช้ Java 17 ขึ้นไป ({_JAVA}) รายละเอียดอยู่ใน {log}",
            f"Spark did not start; it needs Java 17 or later ({_JAVA}); {log} says more",
        ) from error


@contextmanager
def _quick_java() -> Iterator[None]:
    """Have Java compile once and not again: the work is done in Python, and starting takes half."""
    name = "JDK_JAVA_OPTIONS"
    earlier = os.environ.get(name)
    os.environ[name] = f"-XX:TieredStopAtLevel=1 {earlier or ''}".strip()
    try:
        yield
    finally:
        if earlier is None:
            del os.environ[name]
        else:
            os.environ[name] = earlier


@contextmanager
def _spoken_to(log: Path) -> Iterator[None]:
    """Have programs that are started here speak to a file."""
    sys.stdout.flush()
    sys.stderr.flush()
    kept = {number: os.dup(number) for number in (1, 2)}
    try:
        with log.open("ab") as file:
            for number in kept:
                os.dup2(file.fileno(), number)
        yield
    finally:
        for number, copy in kept.items():
            os.dup2(copy, number)
            os.close(copy)

"""The baseline of pages: a bare Flask with SQLAlchemy, one INSERT a request, the same gunicorn."""

import os
import threading
import uuid
from contextlib import nullcontext

import sqlalchemy as sa
from flask import Flask, request
from gunicorn.app.base import BaseApplication

metadata = sa.MetaData()
stories = sa.Table(
    "bare_stories",
    metadata,
    sa.Column("id", sa.Uuid, primary_key=True),
    sa.Column("title", sa.String(200), nullable=False),
)


def application(url: str) -> Flask:
    """``POST /stories`` inserts a row; ``GET /`` answers. On SQLite writers take a lock."""
    engine = sa.create_engine(url, pool_size=16)
    embedded = url.startswith("sqlite")
    lock = threading.Lock() if embedded else nullcontext()
    if embedded:

        @sa.event.listens_for(engine, "connect")
        def prepare(connection, _):
            connection.isolation_level = None
            for pragma in ("journal_mode=WAL", "synchronous=FULL", "busy_timeout=15000"):
                connection.execute(f"PRAGMA {pragma}")

        @sa.event.listens_for(engine, "begin")
        def begin(connection):
            connection.exec_driver_sql("BEGIN IMMEDIATE")

    metadata.create_all(engine)
    app = Flask(__name__)

    @app.post("/stories")
    def write():
        made = uuid.uuid4()
        with lock, engine.begin() as connection:
            connection.execute(stories.insert(), {"id": made, "title": request.json["title"]})
        return {"id": str(made)}, 201

    @app.get("/")
    def first():
        with engine.connect() as connection:
            count = connection.execute(sa.select(sa.func.count()).select_from(stories)).scalar()
        return f"<!doctype html><title>bare</title><p>{count}"

    return app


class Bare(BaseApplication):
    """The same server settings as ours."""

    def load_config(self):
        self.cfg.set("bind", f"127.0.0.1:{os.environ['RK_PORT']}")
        self.cfg.set("workers", 1)
        self.cfg.set("worker_class", "gthread")
        self.cfg.set("threads", int(os.environ.get("RK_THREADS", "16")))
        self.cfg.set("worker_connections", 200)
        self.cfg.set("loglevel", "warning")
        self.cfg.set("control_socket_disable", True)

    def load(self):
        return application(os.environ["BARE_URL"])


if __name__ == "__main__":
    Bare().run()

"""Every component on three pages, under the headers a real page has.

``python -m tests.shared.gallery`` shows it on port 5090; add ``?theme=dark`` or ``?light=1``.
"""

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from flask import Flask, Response, render_template, request
from jinja2 import ChoiceLoader, FileSystemLoader

from shared.web.assets import Assets
from shared.web.pictures import Part, Row
from shared.web.shell import TEMPLATES, Flash, Language, Link, Person, Shell, install

ZONE = ZoneInfo("Indian/Reunion")
NOW = datetime(2027, 1, 12, 4, 4, tzinfo=UTC)
POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; "
    "font-src 'self'; connect-src 'self'; form-action 'self'; frame-ancestors 'none'; "
    "base-uri 'none'"
)


def shell() -> Shell:
    """The header of an officer, as the query asks for it."""
    links = [
        Link("Le tableau", "/", count=44, current=request.path == "/"),
        Link("Les listes", "/lists", count=5, current=request.path == "/lists"),
        Link("Le fil", "/thread", count=11, current=request.path == "/thread"),
        Link("Argent", "/#argent"),
        Link("Services et relais", "/#services"),
        Link("Règles", "/#regles"),
    ]
    phone = [
        replace(links[0], icon="path"),
        replace(links[1], icon="tasks"),
        replace(links[2], icon="box"),
    ]
    languages = [
        Language("fr", "FR", "Français", "?lang=fr", current=True),
        Language("en", "EN", "English", "?lang=en"),
        Language("rcf", "Kréol", "Kréol", "?lang=rcf"),
    ]
    resident = request.path == "/question"
    return Shell(
        product="Rond Kozé",
        now=NOW,
        links=() if resident else links,
        phone_links=() if resident else phone,
        person=None if resident else Person("Lucette Modèle", "Coordination"),
        demonstration=True,
        zone="La Réunion (UTC+4)",
        sign_out="/out",
        change_person="/people",
        flashes=[
            Flash(
                "Jour déplacé au samedi 27 mars 2027.",
                "Dix tâches suivent. Deux ne tiennent plus :",
                href="/lists",
                link="les affiches et la scène",
            )
        ]
        if request.path == "/"
        else (),
        languages=[each for each in languages if not resident or each.code != "en"],
        theme="dark" if request.args.get("theme") == "dark" else "",
        light=resident or "light" in request.args,
        htmx=not resident,
    )


PARTS = [
    Part("Payé", Decimal(300), "dark"),
    Part("Engagé", Decimal(410), "mid"),
    Part("Réservé", Decimal(640), "hatched"),
    Part("Cet achat", Decimal(980), "accent"),
]

STEPS = [
    {"name": "État des lieux", "state": "done", "text": "publié le 14 septembre"},
    {"name": "Choix", "state": "here", "text": "clôture dimanche"},
    {"name": "Qui fait quoi", "state": "also", "text": "plan attendu le 18 janvier"},
    {"name": "Besoins", "state": "later", "text": ""},
]

LINES = [
    {
        "group": "En retard",
        "name": "Lieu 20",
        "area": "Le Brûlé",
        "day": date(2027, 1, 23),
        "step": (6, "Jour"),
        "slack": -3,
        "left": Decimal(6706),
        "total": Decimal(7000),
        "parts": [Part("Payé", Decimal(94), "dark"), Part("Réservé", Decimal(200), "hatched")],
        "state": ("blocked", "Bloqué : accord attendu depuis 12 jours"),
        "call": "À vous : relancer",
    },
    {
        "group": "Cinq jours ou moins",
        "name": "Lieu 17",
        "area": "Sainte-Clotilde",
        "day": date(2027, 3, 20),
        "step": (4, "Besoins"),
        "slack": 2,
        "left": Decimal(5950),
        "total": Decimal(7000),
        "parts": [Part("Engagé", Decimal(410), "mid"), Part("Réservé", Decimal(640), "hatched")],
        "state": ("warn", "Offre valable jusqu’au 15 janv."),
        "call": "",
    },
    {
        "group": "À l’heure",
        "name": "Lieu 2",
        "area": "Bas de la Rivière",
        "day": date(2026, 12, 5),
        "step": (8, "Clôture"),
        "slack": 9,
        "left": Decimal("3899.80"),
        "total": Decimal(7000),
        "parts": [Part("Payé", Decimal("3100.20"), "dark")],
        "state": ("wait", "Attend la dernière facture"),
        "call": "",
    },
    {
        "group": "Sans date",
        "name": "Lieu 42",
        "area": "Sainte-Clotilde",
        "day": None,
        "step": (1, "État des lieux"),
        "slack": None,
        "left": None,
        "total": None,
        "parts": [],
        "state": ("pause", "En pause"),
        "call": "",
    },
]

ROOMS = [("Conception", [31, 42, 35, 34, None]), ("Façonnage", [5, 8, 16, 12, 2])]

THREAD = [
    Row("1", "État des lieux publié : 3 besoins, 112 réponses", "Diagnostic", "14 sept. 2026",
        "Rita Fictif", by="person", name="DiagnosticPublished", cause="before", href="#fait-1"),
    Row("2", "Recueil d’idées ouvert", "Décision", "14 sept. 2026", cause="1", name="IdeasOpened"),
    Row("3", "Règle adoptée puis gelée", "Décision", "2 oct.", "Le groupe, à mains levées",
        cause="2", by="person", name="CharterAdopted"),
    Row("4", "Action choisie", "Décision", "19 oct.", cause="3", strong=True),
    Row("5", "Ligne ouverte : 3 200,00 €", "Achats", "19 oct.", cause="4"),
    Row("6", "Plan adopté : le 20 mars, repli le 27", "Planification", "6 nov.",
        "Jean-Marc Démo", cause="4", by="person", name="PlanAdopted"),
    Row("7", "Besoin : sonorisation et scène", "Planification", "6 nov.", cause="6"),
    Row("8", "Achat ouvert", "Achats", "6 nov.", cause="7"),
    Row("9", "Besoin : 800 flyers, 60 affiches", "Planification", "6 nov.", cause="6"),
    Row("10", "Demande d’impression reçue", "Communication", "6 nov.", cause="9"),
    Row("11", "Devis demandés à 3 fournisseurs", "Achats", "18 nov.", "Marc Fictif, Achats",
        cause="8", by="person"),
    Row("12", "3 devis ouverts", "Achats", "4 déc.", cause="11"),
    Row("13", "Impression acceptée : 1er au 5 février", "Communication", "9 déc.",
        "Noé Modèle", cause="10", by="person"),
    Row("14", "Devis validé : 1 974,70 € réservés", "Achats", "→ 14 janv.",
        "À contrôler : Aline Exemple. Marge 2 jours", cause="12", by="person", state="yours",
        decided_by="Aline Exemple"),
    Row("15", "BAT des affiches approuvé", "Communication", "→ 29 janv.",
        "Maquette attendue le 18 janvier", cause="13", state="awaited"),
    Row("16", "Jour tenu", "Planification", "20 mars", "Rien à faire aujourd’hui", cause="15",
        state="awaited"),
]  # fmt: skip


def create_app() -> Flask:
    """The gallery as an application of its own."""
    app = Flask(__name__, static_folder=None, template_folder="gallery_pages")
    assets = Assets()
    app.register_blueprint(assets.blueprint())
    install(app.jinja_env, assets.url, ZONE, lambda: NOW)
    app.jinja_loader = ChoiceLoader(
        [FileSystemLoader(Path(__file__).parent / "gallery_pages"), FileSystemLoader(TEMPLATES)]
    )

    @app.context_processor
    def around() -> dict[str, Any]:
        return {"shell": shell(), "now": NOW}

    @app.after_request
    def guarded(answer: Response) -> Response:
        answer.headers["Content-Security-Policy"] = POLICY
        return answer

    @app.get("/")
    def parts() -> str:
        errors = {
            "quantity": "Quantité : écrivez un nombre entier, par exemple 60.",
            "before": "Date : le 29 février 2027 n’existe pas.",
        }
        return render_template("parts_page.html", parts=PARTS, steps=STEPS, errors=errors)

    @app.get("/lists")
    def lists() -> str:
        return render_template("lists_page.html", lines=LINES, rooms=ROOMS)

    @app.get("/thread")
    def thread() -> str:
        rows = THREAD if "long" not in request.args else _long()
        return render_template("thread_page.html", rows=rows)

    @app.get("/question")
    def question() -> str:
        return render_template("question_page.html", steps=STEPS)

    @app.get("/problem/<int:status>")
    def problem(status: int) -> str:
        stopped = status in (403, 409)
        return render_template(
            "problem.html",
            trace_id="0192f3c1",
            sign_in="/in" if status == 401 else "",
            problem={
                "status": status,
                "title": "Ce devis ne peut pas être validé"
                if stopped
                else "Cette page n’existe pas",
                "text": "Il manque 171,90 € sur la ligne." if stopped else "",
                "rule": "Une réservation ne dépasse jamais le disponible." if stopped else "",
                "missing": "171,90 € sur la ligne Fête." if stopped else "",
                "unblocks": "Lucette Modèle, par un virement." if stopped else "",
                "ask_href": "/ask" if stopped else "",
            },
        )

    @app.get("/text")
    def text() -> str:
        page = {
            "title": "Accessibilité",
            "lead": "Ce que ces pages permettent, et ce qui manque encore.",
            "sections": [
                {"title": "Clavier", "paragraphs": ["Tout se fait au clavier."]},
                {"title": "Manques", "points": ["Les images du fil, dites par leur tableau."]},
            ],
            "updated": date(2027, 1, 12),
        }
        return render_template("static_page.html", page=page)

    return app


def _long() -> list[Row]:
    return [
        Row(
            str(n),
            f"Fait numéro {n}, avec un titre assez long pour devoir être coupé avant le bord",
            f"Service {n * n % 8}",
            f"{n % 28 + 1} mars",
            "Quelqu’un" if n % 4 == 0 else "",
            cause=str(n * 2 // 3) if n % 17 else "ailleurs",
            by="person" if n % 4 == 0 else "follows",
            state="done" if n < 180 else "awaited",
        )
        for n in range(1, 201)
    ]


if __name__ == "__main__":
    create_app().run(port=5090)

"""Answering without an account: one question a screen, a receipt, nothing to install.

What was answered on the screens before travels in the form itself: no cookie follows anybody.
"""

from typing import Any
from urllib.parse import quote
from uuid import uuid4

from flask import Response, current_app, redirect, request
from marshmallow import ValidationError

from services.diagnostic import commands, queries, schemas
from services.diagnostic.pages.blueprint import BASE, blueprint, public, words_of_form
from services.diagnostic.pages.texts import CREOLE, LANGUAGES, TEXTS
from shared.kernel.refusals import Refusal
from shared.web.fields import Text
from shared.web.pages import render
from shared.web.pictures import qr_code
from shared.web.problems import first_messages
from shared.web.shell import Language
from shared.web.use import ask, perform

Survey = dict[str, Any]
_WHO = "who"
_SAID = Text(most=schemas.MOST_WORDS)


@blueprint.get("/ouvertes")
def open_surveys() -> str:
    """The surveys that take answers, for who has no code at hand."""
    found = ask(queries.open_surveys)
    return render("open.html", light=True, menu=False, found=found)


@blueprint.get("/q/<code>")
def question(code: str) -> str:
    """The first question, or why there is none."""
    survey = ask(queries.survey_by_code, code=code)
    return _screen(survey, 0, {}, str(uuid4()), switch=True)


@blueprint.post("/q/<code>")
def answered(code: str) -> Response | str:
    """The next question, the one before, or the end: only the end is kept."""
    survey = ask(queries.survey_by_code, code=code)
    asked, words = _asked(survey), words_of_form()
    answer_id = request.form.get("answer_id", "")
    step, go = _number(request.form.get("step", ""), len(asked)), request.form.get("go", "")
    if go == "back":
        return _screen(survey, max(0, step - 1), words, answer_id)
    if go == "skip":
        words.pop(asked[step]["key"], None)
    fault = _fault(asked[step], words.get(asked[step]["key"], ""))
    if fault:
        return _again(survey, words, answer_id, {asked[step]["key"]: fault}, step)
    if step + 1 < len(asked):
        return _screen(survey, step + 1, words, answer_id)
    return _send(survey, words, answer_id)


def _send(survey: Survey, words: dict[str, str], answer_id: str) -> Response:
    last = len(_asked(survey)) - 1
    said = {key: text for key, text in words.items() if key != _WHO}
    who = words.get(_WHO) or None
    try:
        given = schemas.Words().load({"answer_id": answer_id, "words": said, "who": who})
        receipt = perform(commands.answer_survey, code=survey["code"], **given)
    except ValidationError as error:
        found = first_messages(error.messages).items()
        faults = {n.removeprefix("words-").removesuffix("-value"): text for n, text in found}
        return _again(survey, words, str(uuid4()), faults, last)
    except Refusal as refusal:
        faults = dict(refusal.fields) or {"": refusal.text}
        return _again(survey, words, answer_id, faults, last, refusal.status)
    langue = f"?langue={_language()}" if _language() != "fr" else ""
    return redirect(f"{BASE}/q/{survey['code']}/recu/{receipt}{langue}", 303)  # type: ignore[return-value]


def _fault(asked: dict[str, Any], said: str) -> str:
    """What is wrong with the answer to one question, in a sentence; nothing when it will do."""
    try:
        _SAID.deserialize(said)
    except ValidationError as error:
        return str(error.messages[0])
    return TEXTS[_language()]["required"] if asked["required"] and not said else ""


def _number(text: str, total: int) -> int:
    """The step that the form says, within those there are."""
    return min(int(text), total - 1) if text.isdecimal() and len(text) < 4 else 0


def _again(
    survey: Survey,
    words: dict[str, str],
    answer_id: str,
    faults: dict[str, str],
    step: int,
    status: int = 422,
) -> Response:
    """The screen of the first fault, with all that was said."""
    places = [n for n, asked in enumerate(_asked(survey)) if asked["key"] in faults]
    errors = {f"w-{key}" if key else "": text for key, text in faults.items()}
    page = _screen(survey, (places or [step])[0], words, answer_id, errors)
    response = current_app.make_response(page)
    response.status_code = status
    return response


def _screen(
    survey: Survey,
    step: int,
    words: dict[str, str],
    answer_id: str,
    errors: dict[str, str] | None = None,
    *,
    switch: bool = False,
) -> str:
    asked = _asked(survey)
    return _light(
        "question.html" if survey["open"] else "not_open.html",
        switch=switch or not survey["open"],
        survey=survey,
        step=step,
        total=len(asked),
        question=asked[step],
        chosen=words.get(asked[step]["key"], ""),
        others={
            q["key"]: words[q["key"]] for q in asked if words.get(q["key"]) and q != asked[step]
        },
        told=[(q["text"], words[q["key"]]) for q in asked if words.get(q["key"])],
        answer_id=answer_id,
        errors=errors or {},
    )


def _light(template: str, *, switch: bool, **values: Any) -> str:
    """A page without a menu, in the language asked for; ``switch`` offers the other ones."""
    here = request.script_root + request.path
    languages = [
        Language(code, short, name, f"{here}?langue={code}", code == _language())
        for code, short, name in LANGUAGES
    ]
    language = _language()
    return render(
        template,
        light=True,
        menu=False,
        language=language,
        languages=languages if switch else [],
        t=TEXTS[language],
        say=(lambda text: CREOLE.get(text, text)) if language == "rcf" else str,
        other=next(each for each in languages if not each.current),
        **values,
    )


def _language() -> str:
    asked = request.values.get("langue", "fr")
    return asked if asked in TEXTS else "fr"


def _asked(survey: Survey) -> list[dict[str, Any]]:
    """The questions, then who answers: « le plus d’acteurs différents » is the committee's aim."""
    asked = [
        {**q, "options": [{"value": c, "label": c} for c in q["choices"]]}
        for q in survey["questions"]
    ]
    kinds = [{"value": str(kind), "label": label} for kind, label in queries.ACTORS.items()]
    text = TEXTS[_language()]["who"]
    return [
        *asked,
        {"key": _WHO, "text": text, "kind": "one", "options": kinds, "required": False},
    ]


@blueprint.get("/q/<code>/recu/<receipt>")
def receipt(code: str, receipt: str) -> str:
    """What one keeps: the code of the answer, when it came, and what happens next."""
    survey = ask(queries.receipt, code=code, receipt=receipt)
    address = public(f"{BASE}/q/{survey['code']}")
    return _light(
        "receipt.html",
        switch=True,
        survey=survey,
        address=address,
        whatsapp=f"https://wa.me/?text={quote(survey['title'] + ' : ' + address)}",
        code=qr_code(address, address, 5),
    )

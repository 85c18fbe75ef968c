"""A print from the brief to the last copy: what is allowed, what is refused and why."""

from datetime import timedelta
from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest

from services.communication import commands, queries
from services.communication.model import Colours, Paper, State, Support
from services.communication.model.refusals import (
    BriefIncomplete,
    CampaignStepNotAllowed,
    FitsNowhere,
    GateClosed,
    PrintStepNotAllowed,
    ProofReplaced,
    ReasonMissing,
    RoundsUsedUp,
    StockShort,
    StrategyIncomplete,
    WeekFull,
    WeekTooEarly,
    WrongValue,
)
from services.communication.model.weeks import week_id
from shared.kernel.refusals import Forbidden, VersionOutdated
from shared.store.uploads import FileNotAccepted
from tests.communication.world import ACTION, PDF, PNG, World


@pytest.mark.feature("K11", "K24")
def test_a_brief_is_sent_whole_or_refused_naming_what_is_missing(world: World):
    empty = {"title": "Flyers", "support": Support.FLYER}
    with pytest.raises(BriefIncomplete) as refused:
        world.do(commands.open_print, "member", campaign_id=ACTION, send=True, brief=empty)
    assert {"quantity", "page_format", "colours", "paper", "text", "zones"} <= set(
        refused.value.fields
    )
    assert {"printer_mention", "image_rights", "logo", "contact"} <= set(refused.value.fields)
    draft = world.do(commands.open_print, "member", campaign_id=ACTION, brief=empty)
    assert world.state(draft) == State.DRAFT
    whole = world.brief()
    world.do(commands.complete_brief, "member", request_id=draft, send=True, brief=whole)
    assert world.state(draft) == State.REQUESTED
    assert world.facts()[-1] == "print-requested"


@pytest.mark.feature("K24")
@pytest.mark.parametrize("paper", [Paper.WHITE, Paper.RECYCLED])
def test_a_poster_is_never_black_on_white(world: World, paper: Paper):
    look = {"support": Support.POSTER, "colours": Colours.BLACK, "paper": paper}
    with pytest.raises(BriefIncomplete) as refused:
        world.requested(**look)
    assert "1881" in refused.value.fields["colours"]
    world.requested(**(look | {"paper": Paper.COLOURED}))


def test_a_print_is_not_wanted_for_a_past_day_nor_after_the_action(world: World):
    for days in (0, -1, 101):
        with pytest.raises(WrongValue) as refused:
            world.requested(needed_by=world.day(days))
        assert "needed_by" in refused.value.fields


def test_whom_to_call_is_somebody_of_the_committee(world: World):
    with pytest.raises(WrongValue) as refused:
        world.requested(contact=uuid4())
    assert "contact" in refused.value.fields


def test_the_same_need_asked_twice_is_one_request(world: World):
    need = uuid4()
    ask = {"campaign_id": ACTION, "need_id": need, "brief": world.brief()}
    first = world.do(commands.open_print, "member", **ask)
    assert world.do(commands.open_print, "member", **ask) == first


def test_a_brief_somebody_changed_meanwhile_is_not_overwritten(world: World):
    draft = world.do(commands.open_print, "member", campaign_id=ACTION, brief=world.brief())
    read = world.row(draft)["version"]
    world.do(commands.complete_brief, "member", request_id=draft, version=read, brief=world.brief())
    world.do(
        commands.complete_brief,
        "lead",
        request_id=draft,
        brief=world.brief(quantity=500),
    )
    with pytest.raises(VersionOutdated):
        world.do(
            commands.complete_brief, "member", request_id=draft, version=read, brief=world.brief()
        )


@pytest.mark.feature("K13", "M6")
def test_a_week_never_holds_more_than_its_hours(world: World):
    first, second = world.placed("20"), world.accepted("20")
    week = world.row(first)["week"]
    with pytest.raises(WeekFull) as refused:
        world.place(second, week)
    later = week + timedelta(7)
    assert f"{later:%d/%m/%Y}" in refused.value.missing
    world.place(second, later)
    assert {row["held"] for row in world.weeks().values()} == {Decimal(20)}


def test_a_slot_given_again_in_a_nearly_full_week_is_not_counted_twice(world: World):
    request = world.placed("30")
    week = world.row(request)["week"]
    world.place(request, week)
    assert world.weeks()[week]["held"] == Decimal(30)
    world.place(request, week + timedelta(7))
    assert {row["held"] for row in world.weeks().values()} == {Decimal(0), Decimal(30)}
    assert len(world.slots()) == 1


def test_a_print_is_not_placed_before_its_proof_can_be_signed(world: World):
    request = world.accepted()
    with pytest.raises(WeekTooEarly) as refused:
        world.place(request, world.today)
    assert "week" in refused.value.fields


@pytest.mark.feature("K13")
def test_a_print_that_fits_nowhere_is_refused_with_the_first_week_and_the_ways_out(world: World):
    world.do(commands.set_capacity, "printer", hours=Decimal(35), reserve=Decimal(5))
    tight = world.accepted("12", needed_by=world.day(20))
    with pytest.raises(FitsNowhere) as refused:
        world.place(tight, world.day(40))
    assert "Première semaine qui convient" in refused.value.missing
    card = world.ask(queries.print_request, "printer", request_id=tight)
    assert card["tried"]["late"]
    assert [way["name"] for way in card["tried"]["in_vain"]] == ["urgent"]
    (model,) = card["tried"]["ways"]
    assert model["name"] == "model"
    assert model["ready_by"] <= world.day(20) < card["tried"]["fit"].ready_by
    assert world.state(tight) == State.ACCEPTED


def test_from_a_model_of_the_city_it_is_ready_sooner(world: World):
    request = world.accepted()
    before = world.ask(queries.print_request, "printer", request_id=request)["tried"]["fit"]
    world.do(
        commands.accept_print, "printer", request_id=request, hours=Decimal(4), from_model=True
    )
    after = world.ask(queries.print_request, "printer", request_id=request)["tried"]["fit"]
    assert after.ready_by < before.ready_by


def test_hours_kept_for_urgency_are_for_what_is_urgent(world: World):
    world.do(commands.set_capacity, "printer", hours=Decimal(10), reserve=Decimal(4))
    request = world.accepted("8")
    week = world.day(35)
    with pytest.raises(FitsNowhere):
        world.place(request, week)
    world.place(request, week, urgent=True)
    assert world.row(request)["urgent"]


def test_a_date_proposed_is_the_committees_to_accept(world: World):
    request = world.accepted("12", needed_by=world.day(20))
    proposed = world.day(60)
    world.do(commands.propose_date, "printer", request_id=request, needed_by=proposed)
    assert world.row(request)["needed_by"] == world.day(20)
    world.do(commands.change_date, "lead", request_id=request, needed_by=proposed)
    row = world.row(request)
    assert (row["needed_by"], row["proposed"]) == (proposed, None)
    assert world.place(request) <= proposed


def test_a_slot_is_an_option_until_the_proof_is_signed(world: World):
    request = world.proofed()
    assert [slot["firm"] for slot in world.slots()] == [False]
    world.approve(request)
    assert [slot["firm"] for slot in world.slots()] == [True]
    world.do(commands.publish_proof, "printer", request_id=request, file=PNG)
    assert [slot["firm"] for slot in world.slots()] == [False]
    assert world.state(request) == State.PROOF


@pytest.mark.feature("K12", "Y7")
def test_a_signature_binds_to_the_bytes_that_were_seen(world: World):
    request = world.proofed()
    seen = world.seen(request)
    world.do(commands.publish_proof, "printer", request_id=request, file=PNG)
    with pytest.raises(ProofReplaced):
        world.do(commands.approve_proof, "lead", request_id=request, seen=seen)
    card = world.ask(queries.print_request, "lead", request_id=request)
    assert [proof["answer"] for proof in card["proofs"]] == [None, None]
    assert "proof-approved" not in world.facts()
    world.approve(request)
    assert world.state(request) == State.APPROVED


def test_corrections_of_a_replaced_proof_are_not_asked_either(world: World):
    request = world.proofed()
    seen = world.seen(request)
    world.do(commands.publish_proof, "printer", request_id=request, file=PNG)
    with pytest.raises(ProofReplaced):
        world.do(commands.ask_corrections, "lead", request_id=request, seen=seen, reason="Le logo")


def test_a_proof_is_a_pdf_a_png_or_a_jpeg(world: World):
    request = world.placed()
    with pytest.raises(FileNotAccepted):
        world.do(commands.publish_proof, "printer", request_id=request, file=b"<svg/>")
    assert world.state(request) == State.SCHEDULED


@pytest.mark.feature("K12")
def test_a_third_round_of_corrections_moves_the_date_and_says_so(world: World):
    request = world.proofed()
    for number in (1, 2):
        seen = world.seen(request)
        world.do(commands.ask_corrections, "lead", request_id=request, seen=seen, reason="Encore")
        file = PDF + bytes([number])
        world.do(commands.publish_proof, "printer", request_id=request, file=file)
    third = {"request_id": request, "seen": world.seen(request), "reason": "Encore"}
    with pytest.raises(RoundsUsedUp) as refused:
        world.do(commands.ask_corrections, "lead", **third)
    assert "date_moves" in refused.value.fields
    world.do(commands.ask_corrections, "lead", date_moves=True, **third)
    assert world.state(request) == State.ACCEPTED
    assert world.slots() == []
    assert world.facts()[-1] == "print-unscheduled"


def test_a_reason_is_asked_for_what_stops_somebody(world: World):
    request = world.proofed()
    seen = world.seen(request)
    with pytest.raises(ReasonMissing):
        world.do(commands.ask_corrections, "lead", request_id=request, seen=seen, reason=" ")
    with pytest.raises(ReasonMissing):
        world.do(commands.cancel_print, "member", request_id=request, reason="")


def test_only_what_was_signed_is_printed(world: World):
    request = world.proofed()
    with pytest.raises(PrintStepNotAllowed):
        world.deliver(request)


def test_what_is_on_the_press_is_neither_replaced_nor_given_up(world: World):
    request = world.proofed()
    with pytest.raises(PrintStepNotAllowed):
        world.do(commands.start_printing, "printer", request_id=request)
    world.approve(request)
    world.do(commands.start_printing, "printer", request_id=request)
    assert world.state(request) == State.PRINTING
    for command, who, more in (
        (commands.publish_proof, "printer", {"file": PNG}),
        (commands.free_slot, "printer", {"reason": "Non"}),
        (commands.cancel_print, "lead", {"reason": "Non"}),
        (commands.change_date, "lead", {"needed_by": world.day(90)}),
    ):
        with pytest.raises(PrintStepNotAllowed):
            world.do(command, who, request_id=request, **more)
    world.deliver(request)
    assert world.state(request) == State.DELIVERED


def test_a_refused_request_may_be_said_again(world: World):
    request = world.requested()
    world.do(commands.refuse_print, "printer", request_id=request, reason="Texte trop long")
    assert world.facts()[-1] == "print-refused"
    world.do(
        commands.complete_brief,
        "member",
        request_id=request,
        send=True,
        brief=world.brief(text="Venez"),
    )
    assert world.state(request) == State.REQUESTED


def test_a_cancelled_print_gives_its_hours_back(world: World):
    request = world.placed()
    world.do(commands.cancel_print, "member", request_id=request, reason="On s’en passe")
    assert world.slots() == []
    assert {row["held"] for row in world.weeks().values()} == {Decimal(0)}
    assert world.facts()[-1] == "print-cancelled"


def test_what_is_bought_outside_stops_with_its_purchase(world: World):
    request = world.accepted()
    world.do(commands.send_outside, "printer", request_id=request, reason="Trop grand")
    assert world.facts()[-1] == "print-purchase-needed"
    for command, more in (
        (commands.cancel_print, {"reason": "Non"}),
        (commands.change_date, {"needed_by": world.day(90)}),
    ):
        with pytest.raises(PrintStepNotAllowed):
            world.do(command, "lead", request_id=request, **more)


def test_a_changed_date_keeps_a_slot_that_is_still_early_enough(world: World):
    request = world.placed()
    ready = world.row(request)["ready_by"]
    world.do(commands.change_date, "member", request_id=request, needed_by=ready)
    assert world.row(request)["week"] is not None
    earlier = ready - timedelta(1)
    world.do(commands.change_date, "member", request_id=request, needed_by=earlier)
    assert world.row(request)["week"] is None
    assert world.slots() == []
    assert world.facts()[-1] == "print-unscheduled"


def test_a_signed_proof_stays_signed_when_its_slot_is_lost(world: World):
    request = world.proofed()
    world.approve(request)
    world.do(commands.free_slot, "printer", request_id=request, reason="Machine en panne")
    assert world.state(request) == State.ACCEPTED
    world.place(request)
    assert world.state(request) == State.APPROVED
    assert [slot["firm"] for slot in world.slots()] == [True]


def test_weeks_are_changed_by_who_prints_and_shown_when_too_full(world: World):
    request = world.placed("20")
    monday = world.row(request)["week"]
    world.do(commands.set_week, "printer", monday=monday, hours=Decimal(12), why="Congé")
    plan = world.ask(queries.print_plan, "printer")
    assert [week["monday"] for week in plan["over"]] == [monday]
    world.do(commands.set_week, "printer", monday=monday)
    assert world.ask(queries.print_plan, "printer")["over"] == []
    with pytest.raises(Forbidden):
        world.do(commands.set_week, "lead", monday=monday, hours=Decimal(1))


def test_catalogue_delays_count_for_what_is_sent_after(world: World):
    before = world.requested()
    values = {"conception": 1, "review": 2, "proof": 1, "printing": 1, "delivery": 1}
    world.do(commands.set_offer, "printer", support=Support.FLYER, hours=Decimal(3), **values)
    after = world.requested()
    assert world.row(before)["due"] < world.row(after)["due"]


# campaigns


@pytest.mark.feature("K1", "K3", "K4")
def test_a_later_strategy_replaces_the_one_before(world: World):
    assert world.strategy() == 1
    assert world.strategy(zones=["Marché du Chaudron"], gates=[]) == 2
    assert world.campaign()["zones"] == ["Marché du Chaudron"]
    assert world.facts().count("strategy-adopted") == 2


@pytest.mark.parametrize(
    "changes, field",
    [
        ({"targets": []}, "targets"),
        ({"channels": []}, "channels"),
        ({"gates": ["banner"]}, "gates"),
        ({"agreed": " "}, "agreed"),
        ({"supports": [{"support": Support.FLYER, "quantity": 1}] * 2}, "supports"),
    ],
)
def test_a_strategy_says_whom_how_and_only_waits_for_what_it_plans(world: World, changes, field):
    with pytest.raises(StrategyIncomplete) as refused:
        world.strategy(**changes)
    assert field in refused.value.fields


def test_the_campaign_launches_by_itself_when_all_is_ready(world: World):
    world.strategy()
    assert world.campaign()["state"] == "adopted"
    world.delivered()
    assert world.campaign()["state"] == "launched"
    assert world.facts()[-1] == "campaign-launched"


def test_too_few_copies_do_not_launch_it(world: World):
    world.strategy()
    world.delivered(quantity=299)
    assert world.campaign()["state"] == "adopted"


@pytest.mark.parametrize("empty", [{"gates": []}, {"supports": [], "gates": ["plan"]}])
def test_an_empty_strategy_never_launches_by_itself(world: World, empty):
    world.strategy(**empty)
    world.delivered()
    assert world.campaign()["state"] == "adopted"


def test_a_strategy_adopted_when_all_is_there_launches_at_once(world: World):
    world.delivered()
    assert world.campaign()["state"] == "drafted"
    world.strategy()
    assert world.campaign()["state"] == "launched"


def test_the_dpc_launches_without_waiting_with_a_reason_each(world: World):
    launch: dict[str, Any] = {"campaign_id": ACTION}
    with pytest.raises(CampaignStepNotAllowed):
        world.do(commands.launch_without_waiting, "dpc", **launch)
    world.strategy()
    with pytest.raises(GateClosed) as refused:
        world.do(commands.launch_without_waiting, "dpc", **launch)
    assert list(refused.value.fields) == ["why-flyer"]
    launch |= {"reasons": {"flyer": "On commence par le porte-à-porte"}}
    with pytest.raises(Forbidden):
        world.do(commands.launch_without_waiting, "lead", **launch)
    world.do(commands.launch_without_waiting, "dpc", **launch)
    accepted = world.campaign()["accepted"]
    assert accepted == [{"what": "flyer", "why": "On commence par le porte-à-porte"}]
    assert "campaign-launched" in world.facts()


def test_the_lead_launches_only_what_waits_for_nothing(world: World):
    world.strategy()
    with pytest.raises(GateClosed) as refused:
        world.do(commands.launch_campaign, "lead", campaign_id=ACTION)
    assert "DPC" in refused.value.unblocks
    world.strategy(supports=[], gates=[])
    assert world.campaign()["state"] == "adopted"
    with pytest.raises(Forbidden):
        world.do(commands.launch_campaign, "member", campaign_id=ACTION)
    world.do(commands.launch_campaign, "lead", campaign_id=ACTION)
    assert world.campaign()["state"] == "launched"


def test_a_campaign_is_not_launched_after_the_day(world: World):
    world.strategy()
    world.runtime.clock.advance(timedelta(101))
    launch = {"campaign_id": ACTION, "reasons": {"flyer": "Tant pis"}}
    with pytest.raises(CampaignStepNotAllowed):
        world.do(commands.launch_without_waiting, "dpc", **launch)


@pytest.mark.feature("K14")
def test_nobody_hands_out_more_than_there_is(world: World):
    request = world.delivered()
    report = {"campaign_id": ACTION, "request_id": request, "zone": "Marché"}
    left = world.do(commands.report_distribution, "member", count=120, **report)
    assert left == 180
    with pytest.raises(StockShort) as refused:
        world.do(commands.report_distribution, "lead", count=181, **report)
    assert "180" in refused.value.fields["count"]
    assert world.do(commands.report_distribution, "lead", count=180, **report) == 0
    assert world.facts().count("distribution-reported") == 2


def test_a_launched_campaign_is_ended_by_its_lead_with_what_was_counted(world: World):
    world.strategy()
    request = world.delivered()
    report = {"campaign_id": ACTION, "request_id": request, "zone": "Marché", "count": 50}
    world.do(commands.report_distribution, "member", **report)
    world.do(commands.end_campaign, "lead", campaign_id=ACTION, why="Tout est dit")
    assert world.campaign()["reach"] == 50
    with pytest.raises(CampaignStepNotAllowed):
        world.do(commands.report_distribution, "member", **report)


# who may


@pytest.mark.parametrize("who", ["member", "stranger", "printer", "dpc", "sector", "elu", "agent"])
def test_only_the_lead_signs_a_proof(world: World, who: str):
    request = world.proofed()
    with pytest.raises(Forbidden):
        world.do(commands.approve_proof, who, request_id=request, seen=world.seen(request))


@pytest.mark.parametrize("who", ["member", "lead", "stranger", "dpc", "agent"])
def test_only_the_workshop_fills_its_weeks(world: World, who: str):
    request = world.accepted()
    with pytest.raises(Forbidden):
        world.do(commands.schedule_print, who, request_id=request, week=world.day(40))


def test_another_committee_sees_nothing(world: World):
    request = world.requested()
    with pytest.raises(Forbidden):
        world.ask(queries.print_request, "stranger", request_id=request)
    with pytest.raises(Forbidden):
        world.ask(queries.campaign, "stranger", campaign_id=ACTION)
    assert world.ask(queries.print_requests, "stranger")["items"] == []
    assert world.ask(queries.campaigns_list, "stranger")["items"] == []
    assert len(world.ask(queries.campaigns_list, "sector")["items"]) == 1


def test_a_week_has_the_same_id_whoever_makes_it(world: World):
    request = world.placed()
    monday = world.row(request)["week"]
    assert [row["id"] for row in world.weeks().values()] == [week_id(monday)]

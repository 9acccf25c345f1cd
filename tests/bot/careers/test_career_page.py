"""Everything the career page says about the first role is in the pack, on cards and terminal."""

import re
from typing import Any

import pytest
from discord import ui
from typer.testing import CliRunner

from bot.careers.loader import load_packs
from bot.careers.registry import RoleRegistry
from bot.careers.sections import Section, written
from bot.careers.slugs import key_of
from bot.chat.limits import cost
from bot.cli.program import cli
from bot.paths import DATA
from cogs.careers.places import CardPlace
from cogs.careers.role_card import role_card

SLUG = "ai-trust-safety-policy-specialist"
PAY = ["$65,000-$95,000", "$95,000-$140,000", "$140,000-$190,000", "$190,000-$280,000"]
FACTS = {
    Section.OVERVIEW: [
        "Advanced", "Medium", "Programming skills required", "9 months", "9.0", "20%",
        "Remote-friendly", "hybrid", "OpenAI's moderation endpoints",
        "HuggingFace's safety evaluation suites", "red-teaming", "social media", "fintech",
        "healthcare", "education", "defense", "regulators", "civil society",
    ],
    Section.FIT: [
        "Meta", "Google", "TikTok", "responsible AI", "fairness", "GDPR", "AI Act", "Section 230",
        "programming", "first job", "Advanced", "Medium", "9 months",
    ],
    Section.DAY: [
        "09:00", "10:30", "12:00", "14:00", "15:30", "17:00", "acceptable-use", "content-safety",
        "LLM", "jailbreaks", "edge cases", "toxicity", "misinformation", "IP infringement",
        "self-harm", "fine-tuning datasets", "compliance checklists",
    ],
    Section.ROADMAP: [
        "Foundations of AI Safety and Governance · 4 weeks",
        "Policy Design and Technical Safety Tools · 6 weeks",
        "Incident Response, Stakeholder Management, and Metrics · 5 weeks",
        "Advanced Specialization and Portfolio Building · 5 weeks",
        "bias, toxicity, hallucination, misinformation", "privacy violations", "EU AI Act",
        "NIST AI RMF", "OECD AI Principles", "AI Risk Management Framework (AI RMF 1.0)",
        "Responsible AI Practices course (Coursera)", "Google", "Constitutional AI and RLHF",
        "Anthropic", "Alignment Forum", "LessWrong", "OpenAI", "Safety Best Practices",
        "moderation endpoint", "HuggingFace", "Evaluate", "Oversight Board",
        "transparency reports", "Meta", "SWE-bench", "AI Incident Database", "aiid.incidents.org",
        "Stripe", "Spotify", "Project Management Institute", "SLAs", "post-mortem",
        "generative AI safety", "autonomous systems", "algorithmic fairness", "ACM FAccT",
        "Fairness, Accountability, and Transparency", "Partnership on AI", "guardrails-ai",
        "NeMo Guardrails", "GitHub", "LinkedIn", "Slack",
    ],
    Section.PAY: [
        *PAY, "$250,000-$400,000+", "0-2 years", "2-5 years", "5-8 years", "8-12 years",
        "12+ years", "Trust & Safety Analyst / AI Policy Associate",
        "AI Trust & Safety Policy Specialist", "Senior AI Safety Policy Specialist",
        "Trust & Safety Lead", "Head of AI Trust & Safety", "Director of Responsible AI",
        "VP of Trust & Safety", "Chief AI Ethics Officer", "C-suite", "public job boards",
        "compensation reports", "government labor statistics", "regional compensation datasets",
    ],
    Section.QUESTIONS: [
        "9.0 out of 10", "20%", "9 months", "4, 6, 5 and 5 weeks", "remote-friendly", "hybrid",
        "programming skills are required",
    ],
}  # fmt: skip


def plain(text: str) -> str:
    """Text without layout: one space between words, and one kind of dash."""
    return re.sub(r"[\s│]+", " ", text.replace("\N{EN DASH}", "-"))


@pytest.fixture(scope="module")
def registry() -> RoleRegistry:
    return RoleRegistry(load_packs([DATA]).roles)


@pytest.fixture(scope="module")
def on_the_terminal() -> str:
    result = CliRunner().invoke(cli, ["role", "show", SLUG])
    assert result.exit_code == 0
    return plain(result.output)


def on_cards(registry: RoleRegistry, section: Section) -> str:
    """All pages of a section, as the cards' own buttons reach them."""
    loaded = registry.get(SLUG)
    assert loaded is not None
    pages: list[str] = []
    for page in range(20):
        view = role_card(registry, loaded, CardPlace(key_of(SLUG), 1, section, page))
        items: list[Any] = list(view.walk_children())
        shown = "\n".join(item.content for item in items if isinstance(item, ui.TextDisplay))
        if shown in pages:
            break
        pages.append(shown)
    return plain("\n".join(pages))


@pytest.mark.parametrize("section", FACTS)
def test_the_cards_say_everything_the_page_says(registry: RoleRegistry, section: Section) -> None:
    shown = on_cards(registry, section)
    assert [fact for fact in FACTS[section] if fact not in shown] == []


@pytest.mark.parametrize("section", FACTS)
def test_the_terminal_says_everything_the_page_says(on_the_terminal: str, section: Section) -> None:
    assert [fact for fact in FACTS[section] if fact not in on_the_terminal] == []


def test_the_page_s_counts_are_kept(registry: RoleRegistry) -> None:
    loaded = registry.get(SLUG)
    assert loaded is not None
    role = loaded.role
    assert [phase.weeks for phase in role.roadmap] == [4, 6, 5, 5]
    assert len(role.typical_day) == 6
    assert [len(step.duties) for step in role.ladder] == [3] * 5
    bounds = [(step.pay.range.low, step.pay.range.high) for step in role.ladder if step.pay]
    assert bounds == [
        (65000, 95000), (95000, 140000), (140000, 190000), (190000, 280000), (250000, 400000),
    ]  # fmt: skip


@pytest.mark.parametrize("slug", [path.parent.name for path in DATA.glob("roles/*/role.yaml")])
def test_every_pack_is_as_deep_as_a_member_expects(registry: RoleRegistry, slug: str) -> None:
    loaded = registry.get(slug)
    assert loaded is not None
    role = loaded.role
    assert len(role.skills) >= 10
    assert len(role.tools) >= 8
    assert len(role.roadmap) == 4
    assert len(role.ladder) >= 4
    assert len(role.questions) >= 8
    assert len(role.typical_day) >= 6
    assert all(fact.source in role.sources for fact in role.sourced_facts())
    for section in Section:
        assert cost(written(role, section, {}).sources) < 1100

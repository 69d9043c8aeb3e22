"""{% load questions %}: answers as a list of definitions, for applicants, officers, experts alike."""

from django import template

from .. import reading

register = template.Library()


@register.inclusion_tag("questions/answers.html")
def answers(questions, section, filled, files=None, for_experts=False):
    """{% answers regulation.questions section filled files %}; for_experts=True leaves out what is hidden from them."""
    return {"answers": reading.told(questions, section, filled, files, for_experts=for_experts)}

"""A person with an account signs in and lands in their workspace: the shortest way through every part of the product."""

import pytest

from tests.factories.people import PASSWORD, make_account


@pytest.mark.smoke
@pytest.mark.parametrize("language", ["ru", "en"])
def test_a_person_signs_in(browse, transactional_db, language):
    make_account(email="vera@example.org", password=PASSWORD, language=language)
    page = browse(language=language)

    page.goto(f"/{language}/account/login/")
    page.locator("[name=login]").fill("vera@example.org")
    page.locator("[name=password]").fill(PASSWORD)
    page.locator("main form [type=submit]").first.click()

    page.wait_for_url(f"**/{language}/desk/**")
    assert page.locator("html").get_attribute("lang") == language

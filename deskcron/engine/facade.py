"""The one door to the core: blocking, thread-safe, the same with and without an engine here."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:  # a command loads only the subjects it uses
    from deskcron.engine.catalogue import Catalogue
    from deskcron.engine.control import Control
    from deskcron.engine.doctor import Doctor
    from deskcron.engine.drafting import Drafting
    from deskcron.engine.environments import EnvironmentService
    from deskcron.engine.history import History
    from deskcron.engine.inbox import InboxService
    from deskcron.engine.jobs import JobService
    from deskcron.engine.notices import PresentedNotices
    from deskcron.engine.overview import OverviewReader
    from deskcron.engine.preferences import PreferencesService
    from deskcron.engine.review import Review
    from deskcron.engine.secrets import Secrets
    from deskcron.engine.statistics import Statistics
    from deskcron.engine.tidying import TidyUndo
    from deskcron.engine.transfer import Transfer
    from deskcron.engine.whens import Whens


class Facade(Protocol):
    """What screens and command line see of the core, by subject."""

    @property
    def whens(self) -> Whens:
        """What people type for times."""

    @property
    def catalogue(self) -> Catalogue:
        """Questions about jobs."""

    @property
    def drafting(self) -> Drafting:
        """Help for forms."""

    @property
    def jobs(self) -> JobService:
        """Changes of jobs."""

    @property
    def transfer(self) -> Transfer:
        """Export and import."""

    @property
    def history(self) -> History:
        """Questions about runs."""

    @property
    def statistics(self) -> Statistics:
        """What the runs of jobs come to."""

    @property
    def review(self) -> Review:
        """What was due during an absence, and what was done about it."""

    @property
    def inbox(self) -> InboxService:
        """What needs a person."""

    @property
    def control(self) -> Control:
        """The handle on the engine."""

    @property
    def overview(self) -> OverviewReader:
        """What is going on at a glance."""

    @property
    def preferences(self) -> PreferencesService:
        """What the person prefers."""

    @property
    def secrets(self) -> Secrets:
        """What the keyring keeps for jobs."""

    @property
    def environment(self) -> EnvironmentService:
        """The environments of jobs."""

    @property
    def notices(self) -> PresentedNotices:
        """The ways to show banners."""

    @property
    def tidying(self) -> TidyUndo:
        """Putting back what runs have tidied."""

    @property
    def doctor(self) -> Doctor:
        """The state of health."""

using System.Collections.Immutable;
using System.Text.Json;
using Atlas.Domain.Playbooks;
using Atlas.Domain.Sessions;
using Atlas.Learning.Journal;
using Atlas.Learning.Sessions;
using Xunit;

namespace Atlas.Learning.Tests.Sessions;

/// <summary>What is too much, with the sentence that says so; one less is taken.</summary>
public sealed class SessionLimitsTests
{
    private static readonly JsonElement Small = JsonElement.Parse("{}");

    [Fact]
    public void An_append_of_too_many_events_is_refused()
    {
        SessionLimits.CheckEvents(0, Many(SessionLimits.EventsAtOnce));

        Refused("An append can have at most 10000 events, and this one has 10001", () => SessionLimits.CheckEvents(0, Many(SessionLimits.EventsAtOnce + 1)));
    }

    [Fact]
    public void An_event_beyond_the_end_of_a_session_is_refused_also_at_the_largest_number()
    {
        SessionLimits.CheckEvents(SessionLimits.EventsOfSession - 1, [Small]);

        Refused("event 1000000 is beyond", () => SessionLimits.CheckEvents(SessionLimits.EventsOfSession, [Small]));
        Refused("event 2147483648 is beyond", () => SessionLimits.CheckEvents(int.MaxValue, [Small, Small]));
    }

    [Fact]
    public void An_event_and_an_append_that_are_too_large_are_refused()
    {
        var event8 = Sized(SessionLimits.EventBytes);
        SessionLimits.CheckEvents(0, [event8, event8, event8, event8]);

        Refused("Event 3 has 8388609 bytes; an event can have at most 8388608", () => SessionLimits.CheckEvents(3, [Sized(SessionLimits.EventBytes + 1)]));
        Refused("An append can have at most 33554432 bytes, and this one has 33554434", () => SessionLimits.CheckEvents(0, [event8, event8, event8, event8, Small]));
    }

    [Fact]
    public void Metadata_texts_ids_and_plans_have_bounds()
    {
        SessionLimits.CheckMetadata(Sized(SessionLimits.MetadataBytes));
        SessionLimits.CheckMetadata(null);
        SessionLimits.CheckText(null, "task");
        SessionLimits.CheckExternalId(new string('x', SessionLimits.ExternalIdLength));

        Refused("can have at most 1048576 bytes, and these have 1048577", () => SessionLimits.CheckMetadata(Sized(SessionLimits.MetadataBytes + 1)));
        Refused("The task of a session can have at most 8388608 characters, and has 8388609", () => SessionLimits.CheckText(new string('x', SessionLimits.TextLength + 1), "task of a session"));
        Refused("can have at most 512 characters, and this one has 513", () => SessionLimits.CheckExternalId(new string('x', SessionLimits.ExternalIdLength + 1)));
        Refused("A plan can have at most 1000 steps, and this one has 1001", () => SessionLimits.CheckPlan(new SessionPlan([.. Enumerable.Range(1, 1001).Select(id => new PlanStep(id, "x", []))], PlanExecution.Stepwise)));
    }

    [Fact]
    public void A_playbook_that_no_prompt_has_room_for_is_refused()
    {
        Refused("A playbook can have at most 1000 entries, and this one has 1001", () => SessionLimits.CheckPlaybook(new LearnedPlaybook { Entries = [.. Enumerable.Range(0, 1001).Select(id => new PlaybookEntry { Id = $"entry-{id}" })] }));
        Refused("A playbook can have at most 1048576 characters", () => SessionLimits.CheckPlaybook(new LearnedPlaybook { StudentPreface = new string('x', SessionLimits.PlaybookBytes) }));
    }

    private static ImmutableArray<JsonElement> Many(int count) => [.. Enumerable.Repeat(Small, count)];

    private static JsonElement Sized(int bytes) => JsonElement.Parse($$"""{"x":"{{new string('x', bytes - 8)}}"}""");

    private static void Refused(string said, Action check) => Assert.Contains(said, Assert.Throws<RefusedException>(check).Message, StringComparison.Ordinal);
}

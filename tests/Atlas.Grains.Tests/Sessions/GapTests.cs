using System.Text.Json;
using Atlas.Contracts;
using Atlas.Contracts.Sessions;
using Atlas.Grains.Tests.Cluster;
using Xunit;

namespace Atlas.Grains.Tests.Sessions;

/// <summary>Events of a session are numbered without a gap.</summary>
public sealed class GapTests
{
    [Fact]
    public async Task A_gap_is_refused_with_what_is_missing_nothing_is_lost_and_a_batch_may_be_sent_again()
    {
        await using var cluster = await TestCluster.StartAsync();
        var session = await cluster.Client.StartSessionAsync(new StartSession("Refund order 1042", "gaps"));
        var grain = cluster.Client.GetSession(session.SessionId);
        await grain.Append(0, Events(0, 3));

        Assert.Equal(
            $"Session {session.SessionId} continues with event 3, but this append begins with event 5: events 3 to 4 would be missing. Append those first; nothing from this append was stored.",
            (await Assert.ThrowsAsync<AtlasRefusedException>(() => grain.Append(5, Events(5, 2)))).Message);
        Assert.Contains("event 3 would be missing", (await Assert.ThrowsAsync<AtlasRefusedException>(() => grain.Append(4, Events(4, 1)))).Message, StringComparison.Ordinal);
        Assert.Equal("0 1 2", await NumbersAsync(cluster, session.SessionId));

        await grain.Append(3, Events(3, 2));
        await grain.Append(5, Events(5, 2));
        await grain.Append(3, Events(3, 4));
        Assert.Equal("0 1 2 3 4 5 6", await NumbersAsync(cluster, session.SessionId));

        // Of numbers that the database has given out, those that come first are taken first.
        await cluster.Database.ExecuteAsync("INSERT INTO session_numbering (session_id, next_sequence) VALUES ($1, 11)", session.SessionId);
        await grain.Append(9, Events(9, 2));
        await Assert.ThrowsAsync<AtlasRefusedException>(() => grain.Append(12, Events(12, 1)));
        await grain.Append(7, Events(7, 2));
        await grain.Append(11, Events(11, 1));
        Assert.Equal("0 1 2 3 4 5 6 7 8 9 10 11", await NumbersAsync(cluster, session.SessionId));
    }

    private static System.Collections.Immutable.ImmutableArray<JsonElement> Events(int first, int count) =>
        [.. Enumerable.Range(first, count).Select(number => JsonElement.Parse($$"""{"n":{{number}}}"""))];

    private static Task<string?> NumbersAsync(TestCluster cluster, long session) =>
        cluster.Database.ScalarAsync<string>("SELECT string_agg(sequence::text, ' ' ORDER BY sequence) FROM trajectory_events WHERE session_id = $1", session);
}

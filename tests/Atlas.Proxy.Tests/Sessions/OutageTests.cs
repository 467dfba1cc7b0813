using System.Diagnostics;
using System.Globalization;
using Atlas.Proxy.Tests.Harness;
using Atlas.Testing;
using Npgsql;
using Xunit;

namespace Atlas.Proxy.Tests.Sessions;

/// <summary>Cluster and database are away: calls pass without waiting for them.</summary>
public sealed class OutageTests
{
    private const string Body = """{"model":"m","messages":[{"role":"user","content":"hi"}]}""";

    [Fact]
    public async Task While_the_database_is_away_calls_pass_with_the_last_known_playbook_and_wait_for_nothing()
    {
        await using var house = await House.StartAsync("patience_seconds: 0.5");
        house.Upstream.Answer = (context, _) => Replies.Chat("Done.")(context);
        var (known, unknown) = (House.NewKey(), House.NewKey());
        await house.TeachAsync(known, "Check the date first.");
        using var before = await PostAsync(house, known, "a");
        Assert.Equal("1", before.Head("x-atlas-playbook-version"));
        Assert.Null(before.Head("x-atlas-degraded"));

        await OnServerAsync(house, "ALTER DATABASE # ALLOW_CONNECTIONS false", "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '#'");
        try
        {
            // The first call may find out by waiting.
            using var first = await PostAsync(house, known, "b");
            using var same = await PostAsync(house, known, "a");
            Assert.Equal(before.Head("x-atlas-session-id"), same.Head("x-atlas-session-id"));
            var began = Stopwatch.GetTimestamp();
            for (var call = 0; call < 20; call++)
            {
                using var late = await PostAsync(house, known, string.Create(CultureInfo.InvariantCulture, $"c{call}"));
                Assert.Equal(("last-known-playbook", "1"), (late.Head("x-atlas-degraded"), late.Head("x-atlas-playbook-version")));
                Assert.Contains("Check the date first.", house.Upstream.Last.Text, StringComparison.Ordinal);
            }

            // Twenty waits would be ten seconds.
            Assert.InRange(Stopwatch.GetElapsedTime(began).TotalSeconds, 0, 5);
            using var without = await PostAsync(house, unknown, "d");
            Assert.Equal("no-playbook", without.Head("x-atlas-degraded"));
            Assert.Equal(Body, house.Upstream.Last.Text);
        }
        finally
        {
            await OnServerAsync(house, "ALTER DATABASE # ALLOW_CONNECTIONS true");
        }

        await Eventually.TrueAsync(
            async () =>
            {
                using var again = await PostAsync(house, unknown, Guid.NewGuid().ToString());
                return again.Head("x-atlas-degraded") is null && again.Head("x-atlas-session-id") is not null;
            },
            TimeSpan.FromSeconds(60), "calls are recorded again");

        // What passed meanwhile is recorded by now or soon, each session with the version that it was given.
        foreach (var (key, name, version) in new[] { (known, "c7", 1), (unknown, "d", 0) })
        {
            string? session = null;
            await Eventually.TrueAsync(
                async () =>
                {
                    using var next = await PostAsync(house, key, name);
                    session = next.Head("x-atlas-session-id");
                    return session is not null;
                },
                TimeSpan.FromSeconds(60), "the session of the outage is recorded");
            Assert.True((await house.EventsAsync(session!, "model_call", 2)).Length >= 2);
            var stored = await house.SessionAsync(session!);
            Assert.Equal((version, "hi"), (stored.GetProperty("playbook_version").GetInt32(), stored.GetProperty("task").GetString()));
            Assert.Equal(version == 1, stored.GetProperty("metadata").TryGetProperty("applied_student_learning", out _));
        }
    }

    private static async Task OnServerAsync(House house, params string[] statements)
    {
        var address = new NpgsqlConnectionStringBuilder(house.Database.ConnectionString);
        var name = address.Database!;
        address.Database = "postgres";
        address.Pooling = false;
        await using var connection = new NpgsqlConnection(address.ConnectionString);
        await connection.OpenAsync();
        foreach (var statement in statements)
        {
            await using var command = new NpgsqlCommand(statement.Replace("#", name, StringComparison.Ordinal), connection);
            await command.ExecuteNonQueryAsync();
        }
    }

    private static async Task<HttpResponseMessage> PostAsync(House house, string key, string session)
    {
        var answer = await house.PostAsync($"proxy/k/{Uri.EscapeDataString(key)}/openai/v1/chat/completions", Body, ("x-session-affinity", session));
        await answer.TextAsync();
        return answer;
    }
}

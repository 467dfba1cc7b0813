using Atlas.Cli.Tests.Harness;
using Atlas.Testing;
using Xunit;

namespace Atlas.Cli.Tests.Operating;

/// <summary>Faults of Atlas itself that silos noted beside sessions.</summary>
public sealed class DoctorFaultsTests : IAsyncLifetime
{
    private readonly TestWorkspace _workspace = new();
    private TestDatabase _database = null!;

    public async ValueTask InitializeAsync()
    {
        _database = await TestDatabase.CreateAsync();
        _workspace.SetEnvironment("ATLAS_DATABASE_URL", _database.Address);
        await _database.ExecuteAsync("INSERT INTO sessions (task, status) SELECT 'Settle it', 'succeeded' FROM generate_series(1, 7)");
    }

    [Fact]
    public async Task Those_that_nobody_has_seen_to_are_told_with_what_to_do_the_newest_five()
    {
        await _database.ExecuteAsync(
            """
            INSERT INTO session_faults (session_id, stage, learning_key, fault, times, last_at)
            SELECT id, 'completion', 'desk/faults', 'z was infinite', 3, now() - id * interval '1 minute' FROM sessions
            """);
        await _database.ExecuteAsync("UPDATE sessions SET reviewed_at = now() WHERE id = 1");

        var said = (await _workspace.CallAsync("doctor")).Output;

        Assert.Contains("an error in the completion of session 2 (desk/faults), 3 times", said, StringComparison.Ordinal);
        Assert.Contains("z was infinite", said, StringComparison.Ordinal);
        Assert.Contains("atlas review approve 2", said, StringComparison.Ordinal);
        Assert.Contains("and 1 more", said, StringComparison.Ordinal);
        Assert.DoesNotContain("session 1 (", said, StringComparison.Ordinal);
    }

    public async ValueTask DisposeAsync()
    {
        await _workspace.DisposeAsync();
        await _database.DisposeAsync();
    }
}

using System.Diagnostics;
using System.Globalization;
using System.Net;
using Atlas.Http.Tests.Documents;
using Atlas.Http.Tests.Harness;
using Atlas.Testing;
using Xunit;

namespace Atlas.Http.Tests.Door;

/// <summary>A silo that dies after it has done what was asked and before it has said so.</summary>
public sealed class KillTests : IAsyncLifetime
{
    private const long Gate = 4711;

    // There is never another living silo here, so one that died may be taken for dead at once.
    private static readonly string[] Hasty =
    [
        "--Atlas:Silo:Membership:IAmAliveSeconds=1", "--Atlas:Silo:Membership:NumMissedTableIAmAliveLimit=2", "--Atlas:Silo:Membership:ProbeTimeoutSeconds=0.5",
        "--Atlas:Silo:Membership:MaxProbeTimeoutSeconds=1", "--Atlas:Silo:Membership:ReadLeaseSeconds=1",
    ];

    private TestDatabase _database = null!;

    public async ValueTask InitializeAsync() => _database = await TestDatabase.CreateAsync();

    public async ValueTask DisposeAsync() => await _database.DisposeAsync();

    [Fact]
    public async Task What_was_done_when_the_silo_was_killed_is_not_done_again()
    {
        // Between the write that was acknowledged and its answer stands the row of the answer; it is held there.
        await _database.ExecuteAsync($"""
            CREATE FUNCTION hold() RETURNS trigger LANGUAGE plpgsql AS $f$ BEGIN PERFORM pg_advisory_xact_lock({Gate}); RETURN NEW; END $f$;
            CREATE TRIGGER hold BEFORE UPDATE ON api_requests FOR EACH ROW WHEN (NEW.status IS NOT NULL) EXECUTE FUNCTION hold();
            """);
        var key = Api.NewKey();
        var path = $"v1/keys/{key.Escaped()}";
        long session;
        (string, string)[] keys = [.. Enumerable.Range(0, 3).Select(_ => ("Idempotency-Key", Guid.NewGuid().ToString()))];
        await using (var first = await SiloProcess.StartAsync(_database.Address, Hasty))
        {
            session = (await first.Http.PostAsync("v1/sessions", new { task = "t", learning_key = key })).Number("session_id");
            await first.Http.PostAsync($"{path}/import", Playbook("One."));
            await first.Http.PostAsync($"{path}/import", Playbook("Two."));
            await using var gate = await _database.DataSource.OpenConnectionAsync();
            await using (var close = new Npgsql.NpgsqlCommand($"SELECT pg_advisory_lock({Gate})", gate))
            {
                await close.ExecuteNonQueryAsync();
            }

            Task[] lost =
            [
                first.Http.PostAsync("v1/sessions", Start(key), HttpStatusCode.OK, keys[0]),
                first.Http.PostAsync($"v1/sessions/{session}/events", Events, HttpStatusCode.OK, keys[1]),
                first.Http.PostAsync($"{path}/rollback", new { version = 1 }, HttpStatusCode.OK, keys[2]),
            ];
            await Eventually.TrueAsync(
                async () => await _database.ScalarAsync<long>("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted") >= 3,
                TimeSpan.FromSeconds(60), "all three are done and not yet answered");
            first.Kill();
            await Task.WhenAll(lost.Select(request => Assert.ThrowsAnyAsync<Exception>(() => request)));
            await _database.ExecuteAsync("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid() AND wait_event_type = 'Lock'");

            // A connection that goes back into the pool keeps its locks until it is used again.
            await using var open = new Npgsql.NpgsqlCommand($"SELECT pg_advisory_unlock({Gate})", gate);
            await open.ExecuteNonQueryAsync();
        }

        await using var second = await SiloProcess.StartAsync(_database.Address, Hasty);
        var started = await second.Http.PostAsync("v1/sessions", Start(key), HttpStatusCode.OK, keys[0]);
        await second.Http.PostAsync($"v1/sessions/{session}/events", Events, HttpStatusCode.OK, keys[1]);
        var rolled = await second.Http.PostAsync($"{path}/rollback", new { version = 1 }, HttpStatusCode.OK, keys[2]);

        Assert.Equal(2, await _database.ScalarAsync<long>("SELECT count(*) FROM sessions"));
        Assert.NotEqual(session, started.Number("session_id"));
        Assert.Equal(2, await _database.ScalarAsync<long>("SELECT count(*) FROM trajectory_events"));
        Assert.Equal(3, rolled.Number("version"));
        Assert.Equal(3, await _database.ScalarAsync<int>("SELECT max(version) FROM playbook_versions"));
    }

    private static object Events => new { events = new[] { new { n = 1 }, new { n = 2 } } };

    private static object Start(string key) => new { task = "another", learning_key = key };

    private static object Playbook(string line) => new { playbook = new { format = "atlas.playbook.v2", student = new[] { line }, teacher = (string[]?)null, entries = Array.Empty<object>() } };
}

/// <summary>A silo in a process of its own, which can be killed.</summary>
internal sealed class SiloProcess : IAsyncDisposable
{
    private readonly Process _process;

    private SiloProcess(Process process, int port)
    {
        _process = process;
        Http = new HttpClient(EveryAnswer.OfAnotherProcess()) { BaseAddress = new Uri(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}/")), Timeout = TimeSpan.FromSeconds(60) };
    }

    public HttpClient Http { get; }

    public static async Task<SiloProcess> StartAsync(string databaseUrl, params string[] settings)
    {
        var ports = FreePorts.Find(3);
        var process = Process.Start(new ProcessStartInfo("dotnet",
            [
                Repository.Of("Silo"), $"--ATLAS_DATABASE_URL={databaseUrl}", $"--Atlas:Silo:Name=silo-{ports[0].ToString(CultureInfo.InvariantCulture)}",
                string.Create(CultureInfo.InvariantCulture, $"--Atlas:Silo:Port={ports[0]}"), string.Create(CultureInfo.InvariantCulture, $"--Atlas:Silo:GatewayPort={ports[1]}"),
                string.Create(CultureInfo.InvariantCulture, $"--Atlas:Http:Port={ports[2]}"), .. settings,
            ])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        process.OutputDataReceived += static (_, _) => { };
        process.ErrorDataReceived += static (_, _) => { };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        var silo = new SiloProcess(process, ports[2]);
        await Eventually.TrueAsync(
            async () =>
            {
                Assert.False(process.HasExited, $"The silo ended with {(process.HasExited ? process.ExitCode : 0)}.");
                try
                {
                    using var health = await silo.Http.GetAsync("health");
                    return health.IsSuccessStatusCode;
                }
                catch (HttpRequestException)
                {
                    return false;
                }
            },
            TimeSpan.FromSeconds(90), "the silo is ready");
        return silo;
    }

    public void Kill() => _process.Kill(entireProcessTree: true);

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        if (!_process.HasExited)
        {
            Kill();
        }

        await _process.WaitForExitAsync();
        _process.Dispose();
    }
}

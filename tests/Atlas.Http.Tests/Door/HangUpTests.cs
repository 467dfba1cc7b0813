using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using Atlas.Http.Tests.Harness;
using Atlas.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Xunit;

namespace Atlas.Http.Tests.Door;

/// <summary>A caller that hangs up while its request is carried out.</summary>
public sealed class HangUpTests : IAsyncLifetime
{
    private readonly HangUps _hangUps = new();
    private TestDatabase _database = null!;
    private WebApplication _silo = null!;
    private HttpClient _http = null!;

    public async ValueTask InitializeAsync()
    {
        _database = await TestDatabase.CreateAsync();
        (_silo, var address) = await Api.StartSiloAsync(_database.Address, "left-alone", silo => silo.Services.AddSingleton<IStartupFilter>(_hangUps));
        _http = new HttpClient { BaseAddress = address, Timeout = TimeSpan.FromSeconds(60) };
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _silo.StopAsync();
        await _silo.DisposeAsync();
        await _database.DisposeAsync();
    }

    [Fact]
    public async Task A_change_is_audited_even_if_its_caller_has_hung_up()
    {
        var key = Api.NewKey();
        var path = $"v1/keys/{key.Escaped()}";
        await _http.PostAsync($"{path}/import", Playbook("One."));
        await _http.PostAsync($"{path}/import", Playbook("Two."));

        await HangUpAsync($"SELECT 1 FROM orleans.grain_state WHERE key_text = '{key}' FOR UPDATE", $"{path}/rollback", new { version = 1 });

        await Eventually.TrueAsync(
            async () => await _database.ScalarAsync<string>("SELECT string_agg(subject, ',') FROM audit_log WHERE action = 'RollbackPlaybook' AND status = 200") == key,
            TimeSpan.FromSeconds(20), "the rollback is in the audit");
        Assert.Equal(3, (await _http.GetAsync(path, HttpStatusCode.OK)).Number("newest_version"));
    }

    [Fact]
    public async Task A_decision_for_many_is_answered_again_and_not_made_again_if_its_caller_had_hung_up()
    {
        var key = Api.NewKey();
        var sessions = new List<long>();
        for (var n = 0; n < 3; n++)
        {
            sessions.Add(await _http.RunSessionAsync(key));
            await _http.PostAsync($"v1/sessions/{sessions[n]}/review", new { status = "pending" });
        }

        var (same, body) = (("Idempotency-Key", Guid.NewGuid().ToString()), new { filter = new { learning_key = key }, status = "quarantined", limit = 1 });
        await HangUpAsync($"SELECT 1 FROM sessions WHERE id = {sessions[0]} FOR UPDATE", "v1/reviews/decide", body, same);

        var again = await _http.PostAsync("v1/reviews/decide", body, HttpStatusCode.OK, same);
        Assert.Equal([sessions[0]], again.GetProperty("session_ids").EnumerateArray().Select(id => id.GetInt64()));
        Assert.Equal(1, await _database.ScalarAsync<long>("SELECT count(*) FROM sessions WHERE review_status = 'quarantined'"));
        Assert.Equal(1, await _database.ScalarAsync<long>("SELECT count(*) FROM audit_log WHERE action = 'DecideReviews'"));
    }

    /// <summary>Sends a request, hangs up while it waits for a lock of the database, and lets it go on.</summary>
    private async Task HangUpAsync(string locking, string path, object body, params (string Name, string Value)[] headers)
    {
        await using var connection = await _database.DataSource.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        await using (var take = new NpgsqlCommand(locking, connection, transaction))
        {
            Assert.NotNull(await take.ExecuteScalarAsync());
        }

        using (var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { LingerState = new LingerOption(true, 0) })
        {
            var json = JsonSerializer.Serialize(body);
            await socket.ConnectAsync(_http.BaseAddress!.Host, _http.BaseAddress.Port);
            await socket.SendAsync(Encoding.UTF8.GetBytes(
                $"POST /{path} HTTP/1.1\r\nHost: localhost\r\n{HangUps.Mark}: yes\r\nContent-Type: application/json\r\nContent-Length: {json.Length}\r\n"
                + $"{string.Concat(headers.Select(header => $"{header.Name}: {header.Value}\r\n"))}\r\n{json}"));
            await Eventually.TrueAsync(
                async () => await _database.ScalarAsync<long>("SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'") > 0,
                TimeSpan.FromSeconds(20), "the request waits for the lock");
        }

        await _hangUps.Noticed.WaitAsync(TimeSpan.FromSeconds(20));
        await transaction.RollbackAsync();
    }

    private static object Playbook(string line) => new { playbook = new { format = "atlas.playbook.v2", student = new[] { line }, teacher = (string[]?)null, entries = Array.Empty<object>() } };

    /// <summary>Notices when the server has noticed that the caller of a marked request has hung up.</summary>
    private sealed class HangUps : IStartupFilter
    {
        public const string Mark = "X-Test-Hangs-Up";

        private readonly TaskCompletionSource _noticed = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task Noticed => _noticed.Task;

        public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
        {
            app.Use(async (context, then) =>
            {
                if (!context.Request.Headers.ContainsKey(Mark))
                {
                    await then(context);
                    return;
                }

                await using var registered = context.RequestAborted.Register(() => _noticed.TrySetResult());
                await then(context);
            });
            next(app);
        };
    }
}

using System.Net;
using System.Text.Json;
using Atlas.Client;
using Atlas.Contracts;
using Atlas.Contracts.Playbooks;
using Atlas.Domain;
using Atlas.Domain.Experiments;
using Atlas.Http.Tests.Harness;
using Xunit;

namespace Atlas.Http.Tests.Experiments;

/// <summary>Experiments and trials of entries over HTTP.</summary>
[Collection(TryingCollection.Name)]
public sealed class ExperimentTests(TryingApi api)
{
    private static readonly Attribution By = new("ann", "to know which is better");

    [Fact]
    public async Task An_experiment_is_planned_started_decided_and_concluded_by_requests_alone()
    {
        var (key, path) = await KeyAsync("Guess.", "Read the policy.");
        var plan = new { first_version = 1, new_version = 2, max_sessions = 300, difference = 0.1, dry_run = true };
        var planned = await api.Client.PostAsync($"{path}/experiments", plan);
        Assert.True(planned.GetProperty("dry_run").GetBoolean());
        Assert.True(planned.GetProperty("needed").Number("sessions_for_half") > planned.GetProperty("needed").Number("sessions"));
        Assert.Contains("10 points", planned.GetProperty("needed").Text("summary"), StringComparison.Ordinal);
        Assert.Contains("300 sessions", planned.GetProperty("needed").Text("summary"), StringComparison.Ordinal);
        Assert.Equal(0, (await api.Client.GetAsync($"{path}/experiments", HttpStatusCode.OK)).GetProperty("experiments").GetArrayLength());

        // Sent twice it is started once.
        var start = new { first_version = 1, new_version = 2, share = 0.4, reason = "a test" };
        var started = (await api.Client.PostAsync($"{path}/experiments", start, HttpStatusCode.OK, ("Idempotency-Key", "start"))).GetProperty("experiment");
        Assert.Equal((1, "running", 0.4), (started.Number("number"), started.Text("status"), started.GetProperty("plan").GetProperty("share").GetDouble()));
        using (var again = await api.Client.SendAsync($"{path}/experiments", start, ("Idempotency-Key", "start")))
        {
            Assert.Equal(1, (await again.ReadAsync(HttpStatusCode.OK)).GetProperty("experiment").Number("number"));
            Assert.True(again.Headers.Contains("Idempotency-Replayed"));
        }

        (await api.Client.PostAsync($"{path}/experiments", start, HttpStatusCode.Conflict)).IsProblem("experiment-running");
        (await api.Client.PostAsync($"{path}/experiments/1/conclude", new { }, HttpStatusCode.Conflict)).IsProblem("experiment-undecided");
        var told = new Dictionary<int, bool>();
        for (var number = 0; number < 300; number++)
        {
            var session = await api.Client.PostAsync("v1/sessions", new { task = $"Order {number % 5}", learning_key = key, external_id = $"{key}/{number}" });
            var (playbook, isNew) = (session.GetProperty("playbook"), false);
            if (playbook.GetProperty("arm") is { ValueKind: JsonValueKind.Object } arm)
            {
                isNew = arm.GetProperty("is_new").GetBoolean();
                told[(int)playbook.Number("version")] = isNew;
            }

            await api.Client.PostAsync($"v1/sessions/{session.Number("session_id")}/complete", new { status = "succeeded", reward = new { score = isNew ? 1 : 0 } });
            if ((await api.Client.GetAsync($"{path}/experiments/1", HttpStatusCode.OK)).Text("status") == "decided")
            {
                break;
            }
        }

        Assert.Equal(new Dictionary<int, bool> { [1] = false, [2] = true }, told.OrderBy(pair => pair.Key).ToDictionary());
        var decided = await api.Client.GetAsync($"{path}/experiments/1", HttpStatusCode.OK);
        Assert.Equal("better", decided.Text("decision"));
        Assert.True(decided.GetProperty("low").GetDouble() > 0);
        var concluded = await api.Client.PostAsync($"{path}/experiments/1/conclude", new { reason = "it is better" }, HttpStatusCode.OK, ("Idempotency-Key", "end"));
        Assert.Equal("concluded", concluded.Text("status"));
        Assert.Equal("concluded", (await api.Client.PostAsync($"{path}/experiments/1/conclude", new { reason = "it is better" }, HttpStatusCode.OK, ("Idempotency-Key", "end"))).Text("status"));
        (await api.Client.PostAsync($"{path}/experiments/1/stop", new { }, HttpStatusCode.Conflict)).IsProblem("experiment-over");
        Assert.Contains("Read the policy.", (await api.Client.GetAsync($"{path}/playbook", HttpStatusCode.OK)).GetProperty("student").Text("text"), StringComparison.Ordinal);
        Assert.NotEqual("", (await api.Client.GetAsync($"{path}/evidence", HttpStatusCode.OK)).Text("summary"));
        var noted = (await api.Client.GetAsync($"v1/audit?limit=50", HttpStatusCode.OK)).GetRawText();
        Assert.Contains("ConcludeExperiment", noted, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_cannot_be_compared_is_refused_as_what_it_is()
    {
        var (_, path) = await KeyAsync("Guess.");
        (await api.Client.PostAsync($"{path}/experiments", new { first_version = 1, new_version = 7 }, HttpStatusCode.NotFound)).IsProblem("version-not-found");
        (await api.Client.PostAsync($"{path}/experiments", new { entry = "nowhere", dry_run = true }, HttpStatusCode.NotFound)).IsProblem("entry-not-found");
        (await api.Client.PostAsync($"{path}/entries/try", new { entry = "nowhere" }, HttpStatusCode.NotFound)).IsProblem("entry-not-found");
        (await api.Client.GetAsync($"{path}/experiments/4", HttpStatusCode.NotFound)).IsProblem("experiment-not-found");
        (await api.Client.PostAsync($"{path}/experiments/4/stop", new { }, HttpStatusCode.NotFound)).IsProblem("experiment-not-found");
        (await api.Client.PostAsync($"v1/keys/{Api.NewKey().Escaped()}/experiments", new { first_version = 0, new_version = 1 }, HttpStatusCode.NotFound)).IsProblem("key-not-found");
        foreach (var (body, said) in new (object, string)[]
        {
            (new { }, "exactly one"), (new { first_version = 1, new_version = 1 }, "the same text"), (new { first_version = 0, new_version = 1, share = 1 }, "share"),
            (new { configuration = new { } }, "The configuration of the new arm is empty"), (new { first_version = 0, new_version = 1, difference = 0 }, "difference"),
        })
        {
            foreach (var dryRun in new[] { true, false })
            {
                var sent = JsonSerializer.SerializeToNode(body)!.AsObject();
                sent["dry_run"] = dryRun;
                var refused = await api.Client.PostAsync($"{path}/experiments", sent.ToJsonString(), HttpStatusCode.UnprocessableEntity);
                refused.IsProblem("refused");
                Assert.Contains(said, refused.Text("detail"), StringComparison.Ordinal);
            }
        }

        (await api.Client.PostAsync($"{path}/experiments", """{"configuration": {"system_prompt": "a\u0000b"}}""", HttpStatusCode.UnprocessableEntity)).IsProblem("refused");
        (await api.Client.PostAsync($"{path}/experiments", """{"configuration": {"model": 7}}""", HttpStatusCode.BadRequest)).IsProblem("invalid-request");
        await api.Client.PostAsync($"{path}/freeze", new { });
        (await api.Client.PostAsync($"{path}/experiments", new { first_version = 0, new_version = 1, dry_run = true }, HttpStatusCode.Conflict)).IsProblem("key-frozen");
    }

    [Fact]
    public async Task The_client_with_nothing_but_an_address_experiments_and_tries_entries()
    {
        await using var atlas = await AtlasClient.ConnectAsync(new AtlasClientOptions { Address = api.Address.AbsoluteUri, CacheOnDisk = false, LinksDiscovery = false });
        var (key, path) = await KeyAsync("Guess.", "Read the policy.");
        var settings = new ArmSettings { Model = "another", SystemPrompt = "{base_prompt} Be brief.", InjectionMode = InjectionMode.Suffix };
        var plan = new ExperimentPlan { Configuration = settings, MaxSessions = 50, Difference = 0.3 };
        Assert.Empty(await atlas.ExperimentsAsync(key));
        Assert.InRange((await atlas.PlanExperimentAsync(key, plan)).Sessions, 10, 1000);
        var started = await atlas.StartExperimentAsync(key, plan, By);
        Assert.Equal((1, "ann", plan), (started.Number, started.StartedBy, started.Plan));
        var sessions = await Task.WhenAll(Enumerable.Range(0, 20).Select(number => atlas.StartSessionAsync(new(FormattableString.Invariant($"Order {number}"), key, ExternalId: $"{key}/{number}"))));
        Assert.Equal([settings, null], sessions.Select(session => session.Arm!.Settings).Distinct().OrderBy(one => one is null));
        Assert.Equal(ExperimentStatus.Running, Assert.Single(await atlas.ExperimentsAsync(key)).Status);
        Assert.Contains("no verdict", (await Assert.ThrowsAsync<AtlasRefusedException>(() => atlas.ConcludeExperimentAsync(key, 1, By))).Message, StringComparison.Ordinal);
        Assert.Equal(ExperimentStatus.Stopped, (await atlas.StopExperimentAsync(key, 1, By)).Status);

        Assert.Empty(await atlas.ExperimentsAsync(Api.NewKey()));
        await atlas.ImportAsync(key, Atlas.Learning.Playbooks.PlaybookDocument.Import(
            """{"format": "atlas.playbook.v2", "student": ["Guess."], "teacher": null, "entries": [{"id": "vouchers", "audience": "student", "cue": {"type": "keyword", "pattern": "voucher"}, "action": {"imperative": "Read the voucher policy"}}]}"""), By);
        Assert.True((await atlas.WithdrawEntryAsync(key, "vouchers", By)).Changed);
        Assert.Equal("withdrawn", await StandingAsync());
        Assert.DoesNotContain("voucher", (await atlas.ResolveAsync(key)).Student!.Text, StringComparison.Ordinal);
        Assert.True((await atlas.TryEntryAsync(key, "vouchers", By)).Changed);
        Assert.Equal("on_trial", await StandingAsync());

        async Task<string> StandingAsync() => (await api.Client.GetAsync($"{path}/evidence", HttpStatusCode.OK)).GetProperty("entries").EnumerateArray().Single(entry => entry.Text("id") == "vouchers").Text("state");
    }

    private async Task<(string Key, string Path)> KeyAsync(params string[] prefaces)
    {
        var key = Api.NewKey("experiments");
        var path = $"v1/keys/{key.Escaped()}";
        foreach (var preface in prefaces)
        {
            await api.Client.PostAsync($"{path}/import", new { playbook = new { format = "atlas.playbook.v2", student = new[] { preface }, teacher = (string[]?)null, entries = Array.Empty<object>() } });
        }

        return (key, path);
    }
}

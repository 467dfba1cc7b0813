using System.Net;
using Atlas.Http.Tests.Harness;
using Atlas.Testing;
using Xunit;

namespace Atlas.Http.Tests.Sessions;

[Collection(ApiCollection.Name)]
public sealed class ForgetTests(Api api)
{
    [Fact]
    public async Task What_was_sent_under_the_id_of_an_answer_is_audited_and_forgotten_with_its_session()
    {
        var (key, secret, answer) = (Api.NewKey(), $"person{Random.Shared.Next():x}", $"chatcmpl-{Guid.NewGuid():N}");
        var id = (await api.Client.PostAsync("v1/sessions", new { task = "t", learning_key = key })).Number("session_id");
        await api.Client.PostAsync($"v1/sessions/{id}/events", new { events = new object[] { new { id = answer } } });
        await api.Client.PostAsync($"v1/sessions/{answer}/complete", new { status = "succeeded", final_answer = $"{secret} lives here." });
        await api.Client.PostAsync($"v1/sessions/{answer}/reward", new { score = 0.5, rationale = $"{secret} was found." });
        await api.Client.PostAsync($"v1/sessions/{answer}/reward", new { score = 1, rationale = $"{secret} was pleased." }, HttpStatusCode.Conflict);
        await api.Client.PostAsync($"v1/sessions/{answer}/review", new { status = "quarantined", note = $"about {secret}" });

        // As an earlier release named it.
        await api.Database.ExecuteAsync($"INSERT INTO audit_log (actor, door, action, subject, status, request) VALUES ('test', 'http', 'CompleteSession', '{answer}', 200, '{{\"final_answer\": \"{secret}\"}}')");
        var entries = (await api.Client.GetAsync($"v1/audit?subject={id}", HttpStatusCode.OK)).GetProperty("entries").EnumerateArray();
        Assert.Equal(
            ["ReviewSession 200", "RewardSession 409", "RewardSession 200", "CompleteSession 200", "StartSession 200"],
            entries.Select(entry => $"{entry.Text("action")} {entry.Number("status")}"));

        await api.Client.PostAsync("v1/forget", new { session_ids = new[] { id }, dry_run = false });

        Assert.Empty(await Residue.FindAsync(api.Database.DataSource, secret));
    }

    [Fact]
    public async Task Sessions_are_forgotten_after_a_dry_run_and_neither_audit_nor_answers_hold_them()
    {
        var (key, secret) = (Api.NewKey(), $"person{Random.Shared.Next():x}");
        var started = await api.Client.PostAsync("v1/sessions", new { task = $"Refund the order of {secret}", learning_key = key });
        var id = started.Number("session_id");
        await api.Client.PostAsync($"v1/sessions/{id}/complete", new { status = "succeeded", final_answer = $"Refunded {secret}.", reward = new { score = 0.5 } });

        var dry = await api.Client.PostAsync("v1/forget", new { subject = secret });
        Assert.True(dry.GetProperty("dry_run").GetBoolean());
        await api.Client.GetAsync($"v1/sessions/{id}", HttpStatusCode.OK);

        var done = await api.Client.PostAsync("v1/forget", new { subject = secret, reason = "request 7", dry_run = false });

        Assert.Equal([id], done.GetProperty("keys").EnumerateArray().SelectMany(one => one.GetProperty("session_ids").EnumerateArray()).Select(one => one.GetInt64()));
        await api.Client.GetAsync($"v1/sessions/{id}", HttpStatusCode.NotFound);
        Assert.Empty(await Residue.FindAsync(api.Database.DataSource, secret));
        Assert.Contains(
            (await api.Client.GetAsync("v1/audit?limit=20", HttpStatusCode.OK)).GetProperty("entries").EnumerateArray(),
            entry => entry.Text("action") == "Forget");
    }
}

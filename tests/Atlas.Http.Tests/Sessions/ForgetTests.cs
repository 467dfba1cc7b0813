using System.Net;
using Atlas.Http.Tests.Harness;
using Atlas.Testing;
using Xunit;

namespace Atlas.Http.Tests.Sessions;

[Collection(ApiCollection.Name)]
public sealed class ForgetTests(Api api)
{
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

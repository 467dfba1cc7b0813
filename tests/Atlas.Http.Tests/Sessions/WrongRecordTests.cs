using System.Net;
using Atlas.Http.Tests.Harness;
using Xunit;

namespace Atlas.Http.Tests.Sessions;

/// <summary>Records that are JSON and yet wrong: each is refused with a sentence, and the session goes on.</summary>
[Collection(ApiCollection.Name)]
public sealed class WrongRecordTests(Api api)
{
    [Theory]
    [InlineData("plan", """{"plan": {}}""", 422, "A plan needs 'steps'")]
    [InlineData("plan", """{"plan": {"steps": [null]}}""", 422, "A plan needs 'steps'")]
    [InlineData("plan", """{"plan": {"steps": null}}""", 400, "the value at $.steps is of the wrong type")]
    [InlineData("usage", """{"usage": {"session": null, "roles": null, "detectors": null}}""", 200, "")]
    [InlineData("steps", """{"step_id": 1, "guidance": [null]}""", 400, "'guidance' must be a list of texts")]
    [InlineData("events", """{"events": [{}], "first_sequence": 2147483647}""", 422, "is beyond")]
    [InlineData("events", """{"events": [{}], "first_sequence": 7}""", 422, "events 0 to 6 would be missing")]
    public async Task A_wrong_record_is_refused_with_a_sentence_and_the_session_goes_on(string what, string body, int status, string told)
    {
        var id = (await api.Client.PostAsync("v1/sessions", new { task = "t", learning_key = Api.NewKey() })).Number("session_id");
        var answer = await api.Client.PostAsync($"v1/sessions/{id}/{what}", body, (HttpStatusCode)status);
        if (status != 200)
        {
            Assert.Contains(told, answer.Text("detail"), StringComparison.Ordinal);
            Assert.DoesNotContain("System.", answer.Text("detail"), StringComparison.Ordinal);
        }

        await api.Client.PostAsync($"v1/sessions/{id}/complete", new { status = "succeeded", reward = new { score = 0.5 } });
    }
}

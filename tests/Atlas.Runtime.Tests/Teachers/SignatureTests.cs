using System.Text.Json.Nodes;
using Atlas.Domain.Sessions;
using Atlas.Runtime.Teachers;
using Xunit;

namespace Atlas.Runtime.Tests.Teachers;

public class SignatureTests
{
    private static readonly PlanStep Step = new(1, "Look it up", []);

    [Fact]
    public void The_same_attempt_has_the_same_signature_whatever_the_order_of_its_keys() =>
        Assert.Equal(Sign("""{"status":"ok","text":"a"}"""), Sign("""{"text":"a","status":"ok"}"""));

    [Fact]
    public void Everything_a_verdict_depends_on_changes_the_signature()
    {
        var base_ = Sign("""{"status":"ok"}""");
        string[] others =
        [
            Sign("""{"status":"failed"}"""),
            Sign("""{"status":"ok"}""", prior: """{"1":{}}"""),
            Sign("""{"status":"ok"}""", guidance: "Look twice."),
            Sign("""{"status":"ok"}""", playbook: "b7d0"),
            Sign("""{"status":"ok"}""", playbook: "b7d1"),
        ];

        Assert.Equal(others.Length + 1, others.Append(base_).Distinct().Count());
    }

    private static string Sign(string structured, string prior = "{}", string? guidance = null, string? playbook = null) => ValidationRequest.Signature(
        Step, (JsonObject)JsonNode.Parse(structured)!, (JsonObject)JsonNode.Parse(prior)!, [], guidance is null ? [] : [guidance], playbook);
}

using System.Text.Json.Nodes;
using Atlas.Runtime.Triage;
using Xunit;

namespace Atlas.Runtime.Tests.Triage;

public class TriageTests
{
    [Theory]
    [InlineData("medium", "moderate")]
    [InlineData("sev2", "moderate")]
    [InlineData(" P1 ", "high")]
    [InlineData("major", "high")]
    [InlineData("sev0", "critical")]
    [InlineData("minor", "low")]
    [InlineData("urgent", "moderate")]
    [InlineData(null, "moderate")]
    public void Severities_have_four_words(string? word, string severity) => Assert.Equal(severity, TriageSeverity.Of(word));

    [Fact]
    public void The_default_adapter_takes_what_the_usual_keys_say_and_copies_the_rest()
    {
        var dossier = Write("default", """
            {"description":" A refund. ","tags":["a"," a ","b",7],"risks":["Wrong amount",{"description":"Twice","category":"money","severity":"sev1"},{}],
             "signals":[["age",3],{"name":"tone","value":"angry","confidence":1.5},"x"],"persona_references":["ann",{"id":"bo","weight":9}],
             "embeddings":{"v":[1,2],"w":{"vector":[0.5],"model":"m"},"bad":"x"},"metadata":{"own":1},"incident_id":"R-1","fingerprint_hint":"f"}
            """);

        Assert.Equal(
            """{"task":" Refund 7 ","summary":"A refund.","risks":[{"category":"general","description":"Wrong amount","severity":"moderate"},{"category":"money","description":"Twice","severity":"high"}],"signals":[{"name":"age","value":3,"confidence":null,"annotation":null},{"name":"tone","value":"angry","confidence":1,"annotation":null}],"persona_references":[{"persona_id":"ann","rationale":null,"weight":1,"tags":[]},{"persona_id":"bo","rationale":null,"weight":5,"tags":[]}],"embeddings":{"v":{"vector":[1,2],"model":null,"note":null},"w":{"vector":[0.5],"model":"m","note":null}},"tags":["a","b","7"],"metadata":{"own":1,"incident_id":"R-1"},"fingerprint_hint":"f"}""",
            dossier.ToJson().ToJsonString());
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("""{"tags":{"a":1},"risks":7,"signals":"x","embeddings":[],"metadata":"y","persona_references":{},"summary":[]}""")]
    public void Whatever_stands_in_the_metadata_there_is_a_dossier(string json)
    {
        var metadata = JsonNode.Parse(json) as JsonObject ?? [];
        foreach (var adapter in TriageAdapters.ByName.Values)
        {
            Assert.Equal("Refund 7", adapter.Write(" Refund 7 ", metadata).Summary);
        }
    }

    [Fact]
    public void Operations_are_told_by_their_service()
    {
        var dossier = Write("sre", """{"service":"billing","impact":"no invoices","alerts":["a","b"],"recent_changes":[1,2,3,4]}""");

        Assert.Equal("sre::billing", dossier.FingerprintHint);
        Assert.Equal(["domain:sre", "service:billing"], dossier.Tags);
        Assert.Equal(["alerts.active_count", "recent_change", "recent_change", "recent_change"], dossier.Signals.Select(signal => signal.Name));
        Assert.Equal(2, dossier.Signals[0].Value!.GetValue<int>());
        Assert.Equal(2, dossier.Risks.Length);
        Assert.Equal("no invoices", dossier.Metadata["impact"]!.GetValue<string>());
    }

    [Theory]
    [InlineData("enterprise", "high")]
    [InlineData("Premium", "high")]
    [InlineData("free", "moderate")]
    public void Support_fears_for_its_best_customers(string tier, string severity)
    {
        var dossier = Write("support", $$"""{"product_area":"mail","customer_tier":"{{tier}}","sentiment":"angry","csat":2}""");

        Assert.Equal(("support::mail", severity), (dossier.FingerprintHint, Assert.Single(dossier.Risks).Severity));
        Assert.Equal(["domain:support", $"tier:{tier}", "product:mail"], dossier.Tags);
        Assert.Equal(3, dossier.Signals.Length);
    }

    [Fact]
    public void Code_is_told_by_its_repository_and_is_risky_where_tests_fail()
    {
        var dossier = Write("code", """{"repository":"desk","owner":"ann","failing_tests":["a"],"modules":["m"]}""");

        Assert.Equal(["domain:code", "repo:desk", "owner:ann"], dossier.Tags);
        Assert.Equal(["failing_tests", "modules"], dossier.Signals.Select(signal => signal.Name));
        Assert.Single(dossier.Risks);
        Assert.Empty(Write("code", "{}").Risks);
    }

    private static TriageDossier Write(string adapter, string metadata) =>
        TriageAdapters.ByName[adapter].Write(" Refund 7 ", (JsonObject)JsonNode.Parse(metadata)!);
}

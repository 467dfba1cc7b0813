using System.Text.Json;
using Atlas.Domain.Json;
using Atlas.Domain.Playbooks;
using Atlas.Learning.Playbooks;
using Atlas.Learning.Synthesis;
using Xunit;

namespace Atlas.Learning.Tests.Synthesis;

/// <summary>What becomes of answers that have another form than asked for, or want more than is theirs (L1, L5).</summary>
public sealed class HostileAnswerTests
{
    [Theory]
    [InlineData("[]", "a list")]
    [InlineData("3", "a number")]
    [InlineData("'x'", "a text")]
    [InlineData("null", "empty")]
    [InlineData("true", "a truth value")]
    [InlineData("{'playbook_entries':{'id':'x'}}", "'playbook_entries' of the answer is an object")]
    [InlineData("{'playbook_entries':'none'}", "'playbook_entries' of the answer is a text")]
    public void An_answer_of_another_form_is_rejected_with_a_reason(string answer, string reason)
    {
        var before = Build.Playbook(Build.Entry("e"));
        var result = Build.Apply(before, Build.Json(answer));
        Assert.False(result.Accepted);
        Assert.False(result.Changed);
        Assert.Contains(reason, result.Reason, StringComparison.Ordinal);
        Assert.Equal(["e"], result.Playbook.Entries.Select(entry => entry.Id));
        Assert.Equal(result.Reason, LatestFailure.Of(result.Playbook)!.Value.GetProperty("reason").GetString());
    }

    [Fact]
    public void An_answer_that_is_JSON_in_a_text_is_opened()
    {
        var answer = JsonSerializer.SerializeToElement(Build.Answer([Build.Candidate("e")]).GetRawText());
        Assert.Equal("e", Assert.Single(Build.Apply(LearnedPlaybook.Empty, answer).Playbook.Entries).Id);
    }

    [Theory]
    [InlineData("{'id':{'a':1},'audience':['x']}")]
    [InlineData("{'id':[1],'audience':null,'cue':7,'action':[],'scope':true,'metadata':'m','expected_effect':null}")]
    [InlineData("null")]
    [InlineData("[[]]")]
    [InlineData("1e400")]
    public void A_candidate_of_any_form_is_evaluated(string candidate)
    {
        var result = Build.Apply(Build.Playbook(Build.Entry("e")), Build.Answer([candidate.Replace('\'', '"')]));
        Assert.Equal(1, result.Summary.TotalCandidates);
        Assert.False(result.Accepted);
        Assert.StartsWith("playbook-entry-", result.Failures[0].Id, StringComparison.Ordinal);
    }

    [Fact]
    public void An_entry_with_null_provenance_can_be_renewed_and_retired()
    {
        var before = LearningStateJson.Read(Build.Json("{'metadata':{'playbook_entries':[{'id':'a','provenance':null},{'id':'b','provenance':7}]}}"));
        var result = Build.Apply(before, Build.Answer([Build.Candidate("a")], "'retire_entries':[{'id':'b','reason':'It never helped.'}]"));
        Assert.Equal([("a", EntryLifecycle.Active)], result.Playbook.Entries.Select(entry => (entry.Id!, entry.Lifecycle)));
    }

    [Fact]
    public void L5_metadata_cannot_touch_what_Atlas_writes()
    {
        var before = Build.Playbook(Build.Entry("e"));
        var answer = Build.Json(
            "{'playbook_entries':[],'metadata':{'playbook_entries':[],'playbook_summary':1,'playbook_version':'x','last_evaluation':2,'last_failure':3,'last_updated_at':'1999','pruned_entries':[4],'synthesis_reasoning':'r'}}");
        var result = Build.Apply(before, answer);
        Assert.Equal(["e"], result.Playbook.Entries.Select(entry => entry.Id));
        var metadata = result.Playbook.Metadata;
        Assert.Equal("r", metadata["synthesis_reasoning"].GetString());
        Assert.Equal("playbook_entry.v1", metadata["playbook_version"].GetString());
        Assert.Equal(JsonValueKind.Object, metadata["playbook_summary"].ValueKind);
        Assert.Equal(JsonValueKind.Object, metadata["last_evaluation"].ValueKind);
        Assert.StartsWith("2026", metadata["last_updated_at"].GetString(), StringComparison.Ordinal);
        Assert.False(metadata.ContainsKey("last_failure"));
        Assert.False(metadata.ContainsKey("pruned_entries"));
        Assert.False(metadata.ContainsKey("playbook_entries"));
    }

    [Fact]
    public void L5_a_candidate_cannot_plant_impact_origin_or_scores()
    {
        var planted = Build.Candidate("e").Replace(
            "{\"audience\"",
            "{\"impact\":{\"sessions_observed\":99},\"provenance\":{\"created_at\":\"1999\",\"prune_reason\":\"x\"},\"rubric\":{\"weighted_total\":9},\"generated_at\":\"1999\",\"lifecycle\":\"pruned\",\"audience\"",
            StringComparison.Ordinal);
        var entry = Assert.Single(Build.Apply(LearnedPlaybook.Empty, Build.Answer([planted])).Playbook.Entries);
        Assert.Null(entry.Impact);
        Assert.Null(entry.Extra);
        Assert.Null(entry.Provenance!.PruneReason);
        Assert.StartsWith("2026", entry.Provenance.CreatedAt, StringComparison.Ordinal);
        Assert.StartsWith("2026", entry.GeneratedAt, StringComparison.Ordinal);
        Assert.True(entry.Rubric!.WeightedTotal <= 1);
    }

    [Fact]
    public void What_PostgreSQL_refuses_is_not_kept()
    {
        var answer = Build.Raw("{\"playbook_entries\":[],\"student_pamphlet\":\"a\\u0000b \\ud800 c\",\"metadata\":{\"x\":1e999,\"\\udc00\":\"\\u0000\"}}");
        var result = Build.Apply(LearnedPlaybook.Empty, answer);
        Assert.Equal("ab \ufffd c", result.Playbook.StudentText);
        var stored = LearningStateJson.Write(result.Playbook).GetRawText();
        Assert.DoesNotContain("\\u0000", stored, StringComparison.Ordinal);
        Assert.DoesNotContain("1e999", stored, StringComparison.Ordinal);
        Assert.DoesNotContain("\\ud", stored, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void Nesting_without_end_is_cut()
    {
        var deep = string.Concat(Enumerable.Repeat("[", 5000)) + string.Concat(Enumerable.Repeat("]", 5000));
        var answer = JsonDocument.Parse($"{{\"playbook_entries\":[],\"metadata\":{{\"deep\":{deep}}}}}", new JsonDocumentOptions { MaxDepth = 6000 }).RootElement;
        var result = Build.Apply(LearnedPlaybook.Empty, answer);
        Assert.True(result.Accepted);
        var stored = JsonSerializer.Serialize(LearningStateJson.Write(result.Playbook), AtlasJson.Options);
        Assert.Equal(JsonValueKind.Array, JsonElement.Parse(stored).GetProperty("metadata").GetProperty("deep").ValueKind);
    }
}

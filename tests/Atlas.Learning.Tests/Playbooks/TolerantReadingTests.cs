using System.Text.Json;
using Atlas.Domain.Json;
using Atlas.Domain.Playbooks;
using Atlas.Learning.Playbooks;
using Xunit;

namespace Atlas.Learning.Tests.Playbooks;

/// <summary>Rows that exist, whoever wrote them, are read.</summary>
public sealed class TolerantReadingTests
{
    private static PlaybookEntry Read(string entry) =>
        Assert.Single(LearningStateJson.Read(Build.Json($"{{'metadata':{{'playbook_entries':[{entry}]}}}}")).Entries);

    [Theory]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("7")]
    [InlineData("'text'")]
    [InlineData("[{}]")]
    public void L21_entries_that_are_no_list_are_none(string entries)
    {
        var state = LearningStateJson.Read(Build.Json($"{{'student_learning':'s','metadata':{{'playbook_entries':{entries},'keep':1}}}}"));
        Assert.True(state.Entries.Length == (entries == "[{}]" ? 1 : 0));
        Assert.Equal("s", state.StudentText);
        Assert.Equal(1, state.Metadata["keep"].GetInt32());
    }

    [Fact]
    public void Parts_may_be_texts_null_or_missing()
    {
        var entry = Read("{'id':7,'audience':null,'cue':'check logs','action':'Do it','scope':'Workers','expected_effect':null,'metadata':[],'provenance':null,'rubric':'x','impact':3}");
        Assert.Equal(("7", null, "student"), (entry.Id, entry.Audience, entry.Role));
        Assert.Equal(("keyword", "check logs"), (entry.Cue.Type, entry.Cue.Pattern));
        Assert.Equal(("Do it", "Workers", ""), (entry.Action.Imperative, entry.Scope.Constraints, entry.ExpectedEffect));
        Assert.True(entry is { Metadata: null, Provenance: null, Rubric: null, Impact: null });
        Assert.Equal(EntryLifecycle.Active, entry.Lifecycle);
    }

    [Fact]
    public void Counters_may_be_texts_fractions_or_nonsense()
    {
        var impact = Read("{'impact':{'sessions_observed':'12','total_cue_hits':3.0,'sessions_with_hits':-4,'reward_with_sum':'0.5','tokens_with_sum':1e999,'incident_ids':'INC','incident_tags':[1,null,'a'],'retry_sum':null,'first_observed_at':5}}").Impact!;
        Assert.Equal((12, 3, 0), (impact.SessionsObserved, impact.TotalCueHits, impact.SessionsWithHits));
        Assert.Equal((0.5, 0d, 0), (impact.RewardWithSum, impact.TokensWithSum, impact.RetrySum));
        Assert.Equal(["INC"], impact.IncidentIds);
        Assert.Equal(["1", "a"], impact.IncidentTags);
    }

    [Fact]
    public void Provenance_and_rubric_may_be_odd()
    {
        var entry = Read("{'provenance':{'status':'active','source_session_id':'118','weights':null,'rubric':{'gates':{'cue':'yes','actionability':true},'scores':[],'weighted_total':null}},'rubric':{'scores':{'a':'0.5','b':{}}}}");
        Assert.Null(entry.Provenance!.Status);
        Assert.Equal(118, entry.Provenance.SourceSessionId);
        Assert.Equal(["actionability"], entry.Provenance.Rubric!.Gates.Keys);
        Assert.Equal(0.5, Assert.Single(entry.Rubric!.Scores).Value);
    }

    [Fact]
    public void JSON_that_was_encoded_twice_is_opened()
    {
        const string Metadata = """{"playbook_entries":"[{\"id\":\"a\"},\"{\\\"id\\\":\\\"b\\\"}\"]","keep":1}""";
        var state = LearningStateJson.Read(JsonSerializer.SerializeToElement(JsonSerializer.Serialize(new { student_learning = "s", metadata = Metadata })));
        Assert.Equal("s", state.StudentText);
        Assert.Equal(["a", "b"], state.Entries.Select(entry => entry.Id));
    }

    [Theory]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("'{broken'")]
    [InlineData("{'student_learning':7,'teacher_learning':{},'metadata':[1]}")]
    public void What_is_no_state_is_an_empty_one(string state) =>
        Assert.Equal(PlaybookContentHash.Compute(LearnedPlaybook.Empty), PlaybookContentHash.Compute(LearningStateJson.Read(Build.Json(state))));

    [Fact]
    public void A_state_survives_being_written_and_read()
    {
        var entry = Build.Entry("e", impact: new EntryImpact { SessionsObserved = 3, IncidentIds = ["a"] }) with
        {
            Metadata = new Dictionary<string, JsonElement> { ["x"] = Build.Json("1") },
            Extra = new Dictionary<string, JsonElement> { ["unknown"] = Build.Json("[1]") },
        };
        var playbook = Build.Playbook(entry) with { TeacherPreface = "t" };
        var written = LearningStateJson.Write(playbook);
        Assert.Equal(["student_learning", "teacher_learning", "metadata"], written.EnumerateObject().Select(member => member.Name));
        Assert.Equal(written.GetRawText(), LearningStateJson.Write(LearningStateJson.Read(written)).GetRawText());
        Assert.Equal(
            written.GetProperty("metadata").GetRawText(),
            LearningStateJson.WriteMetadata(LearningStateJson.FromColumns("", null, written.GetProperty("metadata"))).GetRawText());
    }

    [Fact]
    public void An_entry_is_written_without_what_it_never_had()
    {
        var json = JsonSerializer.SerializeToElement(new PlaybookEntry { Id = "e" }, AtlasJson.Options);
        Assert.Equal(["id", "audience", "cue", "action", "expected_effect", "scope"], json.EnumerateObject().Select(member => member.Name));
    }

    [Fact]
    public void Keys_that_Atlas_does_not_know_are_kept_wherever_they_stand()
    {
        const string Stored = "{'id':'e','audience':'student','role':1,'lifecycle':2,'cue':{'type':'keyword','pattern':'p','description':'','weight':3},"
            + "'action':{'imperative':'i','runtime_handle':null,'tool_name':null,'arguments':{},'tool':4},'expected_effect':'',"
            + "'scope':{'category':'','constraints':'','applies_when':'','kind':5},'provenance':{'status':{'category':'','lifecycle':'active','since':6},'by':7},"
            + "'rubric':{'gates':{},'scores':{},'weighted_total':0,'failure_reasons':[],'weights':{},'judge':8},'impact':{'reward_delta':9,'hit_rate':10}}";
        var written = JsonSerializer.SerializeToElement(Read(Stored), AtlasJson.Options);
        Assert.Equal(Enumerable.Range(1, 10), Numbers(written).Where(number => number > 0).Order());
    }

    private static IEnumerable<int> Numbers(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => value.EnumerateObject().SelectMany(member => Numbers(member.Value)),
        JsonValueKind.Number => [value.GetInt32()],
        _ => [],
    };
}

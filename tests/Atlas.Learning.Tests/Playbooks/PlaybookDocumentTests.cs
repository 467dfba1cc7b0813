using System.Text.Json;
using Atlas.Domain.Playbooks;
using Atlas.Learning.Playbooks;
using Xunit;

namespace Atlas.Learning.Tests.Playbooks;

public sealed class PlaybookDocumentTests
{
    private static readonly LearnedPlaybook Playbook = Build.Playbook(Build.Entry("e", EntryLifecycle.Provisional, new EntryImpact { SessionsObserved = 4 })) with
    {
        StudentPreface = "First line\n\nThird line – ünïcode <b>",
        Metadata = LearnedPlaybook.Empty.Metadata.Add("note", Build.Json("{'z':1,'a':[2]}")),
    };

    [Fact]
    public void An_export_diffs_well()
    {
        var text = PlaybookDocument.Export(Playbook);
        Assert.StartsWith(
            """
            {
              "format": "atlas.playbook.v1",
              "student": [
                "First line",
                "",
                "Third line – ünïcode <b>"
              ],
              "teacher": null,
              "entries": [
                {
                  "id": "e",
                  "audience": "student",
                  "cue": {
                    "type": "keyword",
            """.ReplaceLineEndings("\n"),
            text,
            StringComparison.Ordinal);
        Assert.EndsWith("\n", text, StringComparison.Ordinal);
        Assert.DoesNotContain("impact", text, StringComparison.Ordinal);
        Assert.DoesNotContain("created_at", text, StringComparison.Ordinal);
        Assert.Equal(text, PlaybookDocument.Export(Playbook with { Entries = [Playbook.Entries[0] with { Impact = null, GeneratedAt = "2026" }] }));
    }

    [Fact]
    public void An_import_says_what_the_export_said()
    {
        var read = PlaybookDocument.Import(PlaybookDocument.Export(Playbook));
        Assert.Equal(PlaybookContentHash.Compute(Playbook), PlaybookContentHash.Compute(read));
        Assert.Equal(EntryLifecycle.Provisional, read.Entries[0].Lifecycle);
        Assert.Null(read.Entries[0].Impact);
    }

    [Fact]
    public void Observations_travel_if_asked_for()
    {
        var read = PlaybookDocument.Import(PlaybookDocument.Export(Playbook, withObservations: true));
        Assert.Equal(4, read.Entries[0].Impact!.SessionsObserved);
        Assert.Equal("2026-01-01T00:00:00.000000+00:00", read.Entries[0].Provenance!.CreatedAt);
        Assert.Equal(1, read.Metadata["note"].GetProperty("z").GetInt32());
        Assert.Equal(PlaybookContentHash.Compute(Playbook), PlaybookContentHash.Compute(read));
    }

    [Fact]
    public void An_entry_by_hand_needs_little()
    {
        var read = PlaybookDocument.Import(
            """{"format":"atlas.playbook.v1","student":["Be brief."],"entries":[{"cue":{"pattern":"refund"},"action":{"imperative":"Ask for the order"}}]}""");
        var entry = Assert.Single(read.Entries);
        Assert.StartsWith("playbook-entry-", entry.Id, StringComparison.Ordinal);
        Assert.Equal(("student", EntryLifecycle.Active), (entry.Audience, entry.Lifecycle));
        Assert.Equal("Be brief.", read.StudentText);
        Assert.Null(read.TeacherText);
    }

    [Theory]
    [InlineData("{", "line 1, column")]
    [InlineData("[]", "'$' is a list; expected a JSON object")]
    [InlineData("{}", "'format' is missing; expected 'atlas.playbook.v2' or 'atlas.playbook.v1'")]
    [InlineData("{'format':'v0'}", "'format' is 'v0'; expected 'atlas.playbook.v2' or 'atlas.playbook.v1'")]
    [InlineData("{'format':'atlas.playbook.v1','pupil':[]}", "'pupil' is unknown; expected one of format, student")]
    [InlineData("{'format':'atlas.playbook.v1','student':'text'}", "'student' is a text; expected a list with one text per line, or null")]
    [InlineData("{'format':'atlas.playbook.v1','teacher':['a',1]}", "'teacher[1]' is a number; expected a text")]
    [InlineData("{'format':'atlas.playbook.v1','entries':{}}", "'entries' is an object; expected a list")]
    [InlineData("{'format':'atlas.playbook.v1','entries':[7]}", "'entries[0]' is a number; expected an object")]
    [InlineData("{'format':'atlas.playbook.v1','entries':[{'action':{'imperative':'x'}}]}", "'entries[0].cue' is missing; expected an object")]
    [InlineData("{'format':'atlas.playbook.v1','entries':[{'cue':{'pattern':3},'action':{'imperative':'x'}}]}", "'entries[0].cue.pattern' is a number; expected a text")]
    [InlineData("{'format':'atlas.playbook.v1','entries':[{'cue':{'pattern':'p'},'action':{'imperative':' '}}]}", "'entries[0].action.imperative' is blank")]
    [InlineData("{'format':'atlas.playbook.v1','entries':[{'audience':'judge','cue':{'pattern':'p'},'action':{'imperative':'x'}}]}", "'entries[0].audience' is 'judge'; expected 'student' or 'teacher'")]
    [InlineData("{'format':'atlas.playbook.v1','entries':[{'lifecycle':'dead','cue':{'pattern':'p'},'action':{'imperative':'x'}}]}", "'entries[0].lifecycle' is 'dead'; expected active, provisional, deprecated")]
    [InlineData("{'format':'atlas.playbook.v1','entries':[{'id':'a','cue':{'pattern':'p'},'action':{'imperative':'x'}},{'id':'a','cue':{'pattern':'p'},'action':{'imperative':'x'}}]}", "'entries[1].id' is 'a', the id of entries[0]; expected a unique id")]
    [InlineData("{'format':'atlas.playbook.v1','metadata':{'playbook_entries':[]}}", "'metadata.playbook_entries' is out of place")]
    public void What_is_wrong_is_refused_with_its_place(string text, string message)
    {
        var exception = Assert.Throws<PlaybookFormatException>(() => PlaybookDocument.Import(text.Replace('\'', '"')));
        Assert.Contains(message, exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_document_is_plain_JSON() => Assert.Equal(JsonValueKind.Object, JsonElement.Parse(PlaybookDocument.Export(LearnedPlaybook.Empty)).ValueKind);
}

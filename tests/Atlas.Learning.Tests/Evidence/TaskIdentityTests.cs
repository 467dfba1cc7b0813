using System.Text.Json;
using Atlas.Learning.Evidence;
using Xunit;

namespace Atlas.Learning.Tests.Evidence;

/// <summary>Which sessions had the same task.</summary>
public sealed class TaskIdentityTests
{
    [Theory]
    [InlineData("""{"task_id": "7"}""", "one text", """{"task_id": "7"}""", "another text")]
    [InlineData("""{"task_id": "7"}""", "one text", """{"task_id": 7, "trial": 2}""", "")]
    [InlineData("""{"task_id": " "}""", "one text", "null", "one\n  text ")]
    [InlineData("""{"task_id": null}""", "one text", """{"task_id": ["7"]}""", "one text")]
    [InlineData("[]", "one text", "3", "one text")]
    public void The_same_task(string metadata, string text, string otherMetadata, string otherText) =>
        Assert.Equal(Of(metadata, text), Of(otherMetadata, otherText));

    [Theory]
    [InlineData("""{"task_id": "7"}""", "one text", """{"task_id": "8"}""", "one text")]
    [InlineData("""{"task_id": "7"}""", "", "{}", "7")]
    [InlineData("{}", "one text", "{}", "One text")]
    public void Another_task(string metadata, string text, string otherMetadata, string otherText) =>
        Assert.NotEqual(Of(metadata, text), Of(otherMetadata, otherText));

    [Fact]
    public void A_session_that_says_nothing_of_its_task_has_none() => Assert.Null(Of("{}", " \n"));

    [Fact]
    public void Metadata_that_were_never_given_say_nothing() => Assert.NotNull(TaskIdentity.Of(default, "text"));

    [Fact]
    public void Half_a_character_in_an_id_is_no_error() => Assert.NotNull(Of("""{"task_id": "\ud800"}""", ""));

    private static string? Of(string metadata, string text) => TaskIdentity.Of(JsonElement.Parse(metadata), text);
}

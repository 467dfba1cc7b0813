using Atlas.Configuration.Tests.Support;

namespace Atlas.Configuration.Tests;

public sealed class RefusedKeyTests : IDisposable
{
    private readonly Workplace _place = new();

    [Theory]
    [InlineData("prompt_rewrite", """{ "max_tokens": 1024 }""", "student.prompts")]
    [InlineData("student.prompt_guidance", """{ "planner": "short" }""", "student.prompts")]
    [InlineData("teacher.prompt_guidance", """{ "guidance": "short" }""", "teacher.prompts")]
    [InlineData("orchestration.rim_guidance_tag", "\"hint\"", "judges score a session after it has ended")]
    [InlineData("rim.active_judges", """{ "process": false }""", "rim.judge_prompt")]
    [InlineData("agent.metadata_digest.max_prompt_rewrite_chars", "300", "prompts are not rewritten")]
    [InlineData("agent.adapter", """{ "metadata_digest": {} }""", "agent.metadata_digest")]
    [InlineData("agent.llm.api_key", "\"hush\"", "api_key_env")]
    public void A_refused_key_says_why_and_what_to_write_instead(string path, string json, string instead)
    {
        var error = _place.TheError(Sample.Minimal().With(path, json));

        Assert.StartsWith($"atlas.yaml:1: {path} is not supported: ", error, StringComparison.Ordinal);
        Assert.Contains(instead, error, StringComparison.Ordinal);
        Assert.DoesNotContain("hush", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("prompt_rewrite", "null")]
    [InlineData("student.prompt_guidance", "{}")]
    [InlineData("teacher.prompt_guidance", "{}")]
    [InlineData("orchestration.rim_guidance_tag", "\"rim_feedback\"")]
    [InlineData("rim.active_judges", """{ "process": true, "helpfulness": true }""")]
    [InlineData("agent.metadata_digest.max_prompt_rewrite_chars", "2000")]
    public void The_originals_default_costs_a_warning_only(string path, string json)
    {
        var check = _place.Check(Sample.Minimal().With(path, json));

        Assert.True(check.IsValid, check.ToString());
        Assert.Equal(path, Assert.Single(check.Warnings).Path);
    }

    [Fact]
    public void A_python_agent_is_refused_with_the_way_out()
    {
        var error = _place.TheError("""
            agent:
              type: python
              name: a
              system_prompt: s
              import_path: mine.agent
            teacher: { llm: { model: m } }
            rim: { small_model: { model: m }, large_model: { model: m } }
            """);

        Assert.StartsWith("atlas.yaml:2: agent.type cannot be python", error, StringComparison.Ordinal);
        Assert.Contains("http_api", error, StringComparison.Ordinal);
    }

    [Fact]
    public void The_older_name_of_a_chat_agent_is_taken_with_a_warning()
    {
        var check = _place.Check(Sample.Minimal("openai"));

        Assert.IsType<Agents.ChatAgentOptions>(check.Configuration!.Agent);
        Assert.Equal("agent.type", Assert.Single(check.Warnings).Path);
    }

    public void Dispose() => _place.Dispose();
}

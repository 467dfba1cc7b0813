using Atlas.Learning.Evidence;
using Atlas.Learning.Options;
using Atlas.Pages.Tests.Harness;
using Atlas.Testing;
using Xunit;

namespace Atlas.Pages.Tests.Pages;

/// <summary>Keys whose versions wait because of <c>learning.apply_to_prompts: false</c>.</summary>
public sealed class StagedByConfigurationTests
{
    [Fact]
    public async Task A_version_that_the_configuration_keeps_from_prompts_is_shown_as_waiting_and_can_be_promoted()
    {
        await using var database = await TestDatabase.CreateAsync();
        await using var silo = await ConsoleSilo.StartAsync(
            database, learning: new LearningOptions { ApplyToPrompts = false, Evidence = new EvidenceOptions { Enabled = false } });
        var key = "staged/refunds";
        await silo.SessionAsync(key, score: null);
        await silo.ImportAsync(key, "Be kind.", ("policy", "refund", "Read the policy"));

        var page = await silo.PageAsync($"/key?key={Uri.EscapeDataString(key)}");
        Assert.Contains("Sessions get no playbook.", page, StringComparison.Ordinal);
        Assert.DoesNotContain("Sessions get <a", page, StringComparison.Ordinal);
        Assert.DoesNotContain(">current<", page, StringComparison.Ordinal);
        Assert.Contains("staged by the configuration", page, StringComparison.Ordinal);
        Assert.Contains(">Promote version 1", page, StringComparison.Ordinal);
        Assert.Contains(">Unstage", page, StringComparison.Ordinal);
        Assert.Contains(">staged</span>", await silo.PageAsync("/"), StringComparison.Ordinal);
        Assert.Contains("no playbook, as sessions get none", await silo.PageAsync($"/key/change?key={Uri.EscapeDataString(key)}&do=promote&version=1"), StringComparison.Ordinal);

        await silo.ApiAsync($"v1/keys/{Uri.EscapeDataString(key)}/promote", new { version = 1, reason = "good" });
        Assert.Contains("Sessions get <a", await silo.PageAsync($"/key?key={Uri.EscapeDataString(key)}"), StringComparison.Ordinal);
    }
}

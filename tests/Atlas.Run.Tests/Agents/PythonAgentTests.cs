using System.Diagnostics;
using Atlas.Runtime.Agents;
using Atlas.Runtime.Agents.Http;
using Xunit;

namespace Atlas.Run.Tests.Agents;

/// <summary>The sample of an agent in Python runs as it stands.</summary>
public sealed class PythonAgentTests
{
    [Fact]
    public async Task The_sample_answers_plans_and_steps_and_sees_the_playbook()
    {
        using var agent = await StartAsync();
        try
        {
            var address = new Uri((await agent.StandardOutput.ReadLineAsync())!.Split(' ')[^1]);
            using var http = new HttpClient();
            var student = new HttpAgent(http, Calls.Http(address));

            var step = await student.AnswerAsync(Calls.Step());
            var plan = await student.AnswerAsync(Calls.Step() with { Payload = new AgentPayload(AgentMode.Planning, "Settle it.") });

            Assert.Equal("Did: Do it. Advice followed: 1.", step.Text);
            Assert.Contains("\"description\":\"Settle it.\"", plan.Text, StringComparison.Ordinal);
        }
        finally
        {
            agent.Kill(entireProcessTree: true);
        }
    }

    private static async Task<Process> StartAsync()
    {
        var start = new ProcessStartInfo("python3", [Path.Combine(Places.Repository, "samples", "PythonAgent", "agent.py"), "0"])
        {
            RedirectStandardOutput = true,
        };
        try
        {
            return Process.Start(start)!;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            await Task.CompletedTask;
            Assert.Skip("There is no python3 on this machine.");
            throw;
        }
    }
}

using System.Net;
using Atlas.Cli.Up;
using Xunit;

namespace Atlas.Cli.Tests.Up;

public sealed class SiloHealthTests
{
    private const string Guard = """{"status": "STATUS", "checks": {"membership": {"status": "healthy", "description": "2 active silos"}, "guard": {"status": "STATUS", "description": "The database is newer."}}}""";

    [Theory]
    [InlineData(HttpStatusCode.OK, "degraded", "degraded", true, "The database is newer.")]
    [InlineData(HttpStatusCode.ServiceUnavailable, "unhealthy", "unhealthy", false, "The database is newer.")]
    [InlineData(HttpStatusCode.OK, "healthy", "healthy", true, null)]
    public async Task A_degraded_silo_does_its_work_and_says_what_is_wrong(HttpStatusCode answered, string status, string state, bool works, string? trouble)
    {
        using var http = new HttpClient(new Silo(answered, Guard.Replace("STATUS", status, StringComparison.Ordinal)));

        var health = await SiloHealth.AskAsync(http, new SiloPorts(5080, 11111, 30000), TestContext.Current.CancellationToken);

        Assert.Equal((state, works, trouble), (health.State, health.IsHealthy, health.Trouble));
    }

    [Theory]
    [InlineData("no JSON")]
    [InlineData("[]")]
    [InlineData("""{"status": 1, "checks": [1]}""")]
    public async Task What_another_program_answers_at_the_port_breaks_nothing(string answer)
    {
        using var http = new HttpClient(new Silo(HttpStatusCode.OK, answer));

        var health = await SiloHealth.AskAsync(http, new SiloPorts(5080, 11111, 30000), TestContext.Current.CancellationToken);

        Assert.Equal(("healthy", null), (health.State, health.Trouble));
    }

    private sealed class Silo(HttpStatusCode status, string answer) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            Task.FromResult(new HttpResponseMessage(status) { Content = new StringContent(answer) });
    }
}

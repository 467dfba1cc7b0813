using System.Diagnostics;
using System.Net;
using System.Text;
using Atlas.Testing;
using Xunit;

namespace Atlas.Packages.Tests.Packing;

/// <summary>Waits for a silo that runs as a process.</summary>
internal static class SiloHealth
{
    /// <summary>Waits until its page says that it can work.</summary>
    /// <param name="port">The port of its pages.</param>
    /// <param name="process">Must not end meanwhile.</param>
    /// <param name="log">What it said, for the message.</param>
    /// <param name="patience">How long to wait.</param>
    public static async Task WaitAsync(string port, Process process, StringBuilder log, TimeSpan patience)
    {
        using var http = new HttpClient();
        await Eventually.TrueAsync(
            async () =>
            {
                Assert.False(process.HasExited, $"The silo has ended:\n{log}");
                try
                {
                    using var answer = await http.GetAsync(new Uri($"http://127.0.0.1:{port}/health"));
                    return answer.StatusCode is HttpStatusCode.OK;
                }
                catch (HttpRequestException)
                {
                    return false;
                }
            },
            patience,
            "The silo's health");
    }
}

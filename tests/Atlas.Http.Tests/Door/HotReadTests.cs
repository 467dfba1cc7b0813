using System.Net;
using Atlas.Http.Tests.Harness;
using Atlas.Identity;
using Atlas.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Xunit;

namespace Atlas.Http.Tests.Door;

/// <summary>What is read so often that every microsecond of the door counts.</summary>
public sealed class HotReadTests
{
    [Fact]
    public async Task In_a_cluster_with_a_secret_a_playbook_is_read_from_the_copy_of_any_silo_and_is_never_old()
    {
        await using var database = await TestDatabase.CreateAsync();
        var secret = $"--Atlas:Secret={ClusterSecret.Random()}";
        var (one, first) = await Api.StartSiloAsync(database.Address, "hot-1", secret);
        await using var stopOne = one;
        var (two, second) = await Api.StartSiloAsync(database.Address, "hot-2", secret);
        await using var stopTwo = two;
        using var writer = new HttpClient { BaseAddress = first };
        using var reader = new HttpClient { BaseAddress = second };
        var path = $"v1/keys/{Api.NewKey("hot").Escaped()}";
        for (var version = 1; version <= 3; version++)
        {
            await writer.PostAsync($"{path}/import", new { playbook = new { format = "atlas.playbook.v2", student = new[] { $"Say {version}." }, teacher = (string[]?)null, entries = Array.Empty<object>() } });
            foreach (var client in new[] { writer, reader })
            {
                // Asked for twice in short order, a key is worth a copy.
                for (var read = 0; read < 4; read++)
                {
                    Assert.Equal(version, (await client.GetAsync($"{path}/playbook", HttpStatusCode.OK)).Number("version"));
                }
            }
        }

        await one.StopAsync();
        await two.StopAsync();
    }

    [Theory]
    [InlineData("Warning", false)]
    [InlineData("Information", true)]
    public async Task The_log_of_requests_costs_nothing_where_it_writes_nothing(string level, bool writes)
    {
        var builder = WebApplication.CreateBuilder([$"--Logging:LogLevel:Microsoft.AspNetCore={level}", "--ATLAS_DATABASE_URL=postgres://nobody@127.0.0.1:1/none"]);
        builder.AddAtlasSilo();
        await using var app = builder.Build();

        // Where this may write anything at all, the host makes an activity and a scope for every request.
        var log = app.Services.GetRequiredService<ILoggerFactory>().CreateLogger("Microsoft.AspNetCore.Hosting.Diagnostics");
        Assert.Equal(writes, log.IsEnabled(LogLevel.Critical));
    }
}

using System.Globalization;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Atlas.Packages.Tests.Packing;
using Atlas.Testing;
using Xunit;

namespace Atlas.Packages.Tests.Samples;

/// <summary>The sample with a judge, a synthesizer, a guard and an importer of its own, as a process.</summary>
public sealed class OwnPartsTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly string _folder = Directory.CreateTempSubdirectory("atlas-own-parts-").FullName;

    [Fact]
    public async Task Runs_are_imported_judged_guarded_and_learned_from_by_parts_of_ones_own()
    {
        await using var database = await TestDatabase.CreateEmptyAsync();
        var ports = FreePorts.Find(3).Select(port => port.ToString(CultureInfo.InvariantCulture)).ToList();
        var shell = new Shell(_folder, new Dictionary<string, string?>
        {
            ["ATLAS_DATABASE_URL"] = database.Address,
            ["ATLAS_CONFIG"] = null,
            ["Atlas__Http__Port"] = ports[0],
            ["Atlas__Silo__Port"] = ports[1],
            ["Atlas__Silo__GatewayPort"] = ports[2],
        });
        await shell.WriteAsync("good.tsv", "Refund order 1042\tThe order is refunded.\nno answer here\nRefund order 1043\tWe are sorry.");
        await shell.WriteAsync("bad.tsv", "Refund double the price of order 1044\tThe order is refunded.");

        var log = new StringBuilder();
        using var silo = shell.StartInBackground(log, "dotnet", Path.Combine(
            Repository.Root, "samples", "OwnParts", "bin", Repository.Configuration, "net10.0", "OwnParts.dll"));
        try
        {
            await SiloHealth.WaitAsync(ports[0], silo, log, Patience);
            using var http = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{ports[0]}") };
            var good = await ImportAsync(http, "good.tsv", "shop/refunds");
            await ImportAsync(http, "bad.tsv", "shop/promises");

            // The importer's own sentence for a line that is no run.
            Assert.Equal(2, good.GetProperty("imported").GetInt32());
            Assert.Contains("1 fields", Assert.Single(good.GetProperty("bad").EnumerateArray()).GetString(), StringComparison.Ordinal);

            // The judge's rewards, the synthesizer's version, and none where the guard objects.
            await Eventually.TrueAsync(
                async () => await database.ScalarAsync<long>("SELECT count(*) FROM playbook_versions WHERE learning_key = 'shop/refunds'") > 0
                    && await database.ScalarAsync<string>("SELECT state #>> '{last_synthesis,reason}' FROM orleans.learning_state WHERE learning_key = 'shop/promises'") is not null,
                Patience,
                "A synthesis for each key");
            Assert.Equal(["0.1", "1"], await ScoresAsync(database));
            Assert.Contains(
                "Do as in: Refund order 1042",
                await database.ScalarAsync<string>("SELECT student_text FROM playbook_versions WHERE learning_key = 'shop/refunds' ORDER BY version DESC LIMIT 1"),
                StringComparison.Ordinal);
            Assert.Equal(0L, await database.ScalarAsync<long>("SELECT count(*) FROM playbook_versions WHERE learning_key = 'shop/promises'"));
            Assert.Contains(
                "The guard promises rejected the answer: The shop pays back what was paid",
                await database.ScalarAsync<string>("SELECT state #>> '{last_synthesis,reason}' FROM orleans.learning_state WHERE learning_key = 'shop/promises'"),
                StringComparison.Ordinal);
        }
        finally
        {
            silo.Kill(entireProcessTree: true);
            await silo.WaitForExitAsync(CancellationToken.None);
        }
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private async Task<JsonElement> ImportAsync(HttpClient http, string file, string key)
    {
        var path = Uri.EscapeDataString(Path.Combine(_folder, file));
        using var answer = await http.PostAsync(new Uri($"/import?format=shop-table&path={path}&key={key}", UriKind.Relative), null);
        return await answer.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<JsonElement>();
    }

    private static async Task<string[]> ScoresAsync(TestDatabase database) =>
        (await database.ScalarAsync<string>("SELECT string_agg(score, ' ' ORDER BY score) FROM (SELECT reward ->> 'score' AS score FROM sessions WHERE stored_learning_key = 'shop/refunds') s"))!.Split(' ');
}

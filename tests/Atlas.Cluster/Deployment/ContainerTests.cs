using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Orleans.Configuration;
using Xunit;

namespace Atlas.Cluster.Deployment;

/// <summary>The container file and the composition, against their form and against the silo's own code.</summary>
public sealed class ContainerTests
{
    private static readonly string[] Lines =
        [.. File.ReadAllText(Path.Combine(RepositoryFiles.Root, "Containerfile")).Replace("\\\n", " ", StringComparison.Ordinal).Split('\n')];

    private static JsonNode Compose => YamlFile.Read("docker-compose.yml")[0];

    private static JsonNode Silo => Compose["services"]!["silo"]!;

    private static JsonNode Schema => Compose["services"]!["schema"]!;

    [Fact]
    public void The_image_is_built_in_stages_and_does_not_run_as_root()
    {
        Assert.Equal(["mcr.microsoft.com/dotnet/sdk:10.0 AS build", "mcr.microsoft.com/dotnet/aspnet:10.0"], All("FROM"));
        Assert.EndsWith($"net{Environment.Version.Major}.0", Path.GetFileName(AppContext.BaseDirectory.TrimEnd('/')), StringComparison.Ordinal);
        Assert.DoesNotContain(Assert.Single(All("USER")), new[] { "root", "0" });
        Assert.Equal($"[\"dotnet\", \"Atlas.Silo.dll\"]", Assert.Single(All("ENTRYPOINT")));
    }

    [Fact]
    public void Everything_that_the_silo_is_built_from_is_copied()
    {
        var copied = All("COPY").Where(line => !line.StartsWith("--from", StringComparison.Ordinal))
            .SelectMany(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[..^1])
            .ToList();

        Assert.All(copied, path => Assert.True(Path.Exists(Path.Combine(RepositoryFiles.Root, path)), $"{path} is not there"));
        Assert.All(
            ProjectsOf(Path.Combine(RepositoryFiles.Root, "silo", "Atlas.Silo", "Atlas.Silo.csproj")),
            project => Assert.Contains(copied, path => project.StartsWith(Path.Combine(RepositoryFiles.Root, path), StringComparison.Ordinal)));
        Assert.All(
            new[] { "Directory.Build.props", "Directory.Packages.props", "global.json", "eng/", "sql/" }, file => Assert.Contains(file, copied));
    }

    [Fact]
    public void The_composition_has_the_form_it_needs_to_be_scaled() => SchemaCheck.Demand("compose", Compose);

    [Fact]
    public void The_schema_refuses_what_several_silos_cannot_share()
    {
        var wrong = Compose.DeepClone();
        wrong["services"]!["silo"]!["ports"] = new JsonArray("5080:5080");

        Assert.False(SchemaCheck.Accepts("compose", wrong));
    }

    [Fact]
    public void Variables_ports_and_times_are_those_of_the_silo()
    {
        using var silo = SiloFacts.Build();
        var image = Assert.Single(All("ENV")).Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .Select(pair => pair.Split('=', 2))
            .ToDictionary(pair => pair[0], pair => (string?)pair[1]);

        SiloFacts.DemandEnvironment(image);
        SiloFacts.DemandEnvironment(Schema["environment"]!.AsObject().ToDictionary(pair => pair.Key, pair => (string?)pair.Value));
        SiloFacts.DemandEnvironment(Silo["environment"]!.AsObject().ToDictionary(pair => pair.Key, pair => (string?)pair.Value));
        Assert.Equal("container", image["Atlas__Silo__Hosting"]);
        Assert.Equal(SiloFacts.Ports, Assert.Single(All("EXPOSE")).Split(' ').Select(Number));
        Assert.Equal(SiloFacts.Ports, Silo["expose"]!.AsArray().Select(port => Number((string)port!)));
        Assert.Equal("Containerfile", (string)Silo["build"]!["dockerfile"]!);
        Assert.True(
            TimeSpan.FromSeconds(Number(((string)Silo["stop_grace_period"]!).TrimEnd('s'))) > SiloFacts.LongestStop(silo) + TimeSpan.FromSeconds(5),
            "a container is killed before its silo has handed over its work");
    }

    [Fact]
    public void Composition_and_manifests_use_one_image_and_one_database()
    {
        var pod = YamlFile.Read("deploy", "kubernetes", "silo.yaml")[0]["spec"]!["template"]!["spec"]!["containers"]![0]!;
        Assert.Equal((string)Silo["image"]!, ((string)pod["image"]!).Split(':')[0]);

        var postgres = Compose["services"]!["postgres"]!["environment"]!;
        Assert.Equal($"postgresql://silo:{postgres["ATLAS_SILO_PASSWORD"]}@postgres:5432/{postgres["POSTGRES_DB"]}", (string)Silo["environment"]!["ATLAS_DATABASE_URL"]!);
        Assert.Equal($"postgresql://atlas:{postgres["ATLAS_OWNER_PASSWORD"]}@postgres:5432/{postgres["POSTGRES_DB"]}", (string)Schema["environment"]!["ATLAS_DATABASE_URL"]!);
    }

    [Fact]
    public void Nothing_but_the_database_itself_is_told_the_password_of_its_superuser()
    {
        Assert.Equal("postgres", (string)Compose["services"]!["postgres"]!["environment"]!["POSTGRES_USER"]!);
        Assert.DoesNotContain("POSTGRES_PASSWORD", $"{Silo}{Schema}", StringComparison.Ordinal);
        Assert.DoesNotContain("OWNER_PASSWORD", Silo.ToJsonString(), StringComparison.Ordinal);
        var roles = string.Join('\n', File.ReadLines(Path.Combine(RepositoryFiles.Root, "deploy", "postgres", "roles.sh")).Where(line => !line.StartsWith('#')));
        Assert.DoesNotContain("SUPERUSER", roles, StringComparison.OrdinalIgnoreCase);
        Assert.All(
            new[] { "CREATE ROLE atlas LOGIN", "CREATE ROLE silo LOGIN PASSWORD :'silo' IN ROLE atlas_silo;", "CREATE ROLE client LOGIN PASSWORD :'client' IN ROLE atlas_client;" },
            statement => Assert.Contains(statement, roles, StringComparison.Ordinal));
    }

    [Fact]
    public void No_password_and_no_secret_of_the_composition_has_a_default()
    {
        var text = File.ReadAllText(Path.Combine(RepositoryFiles.Root, "docker-compose.yml"));

        Assert.DoesNotContain(":-", text, StringComparison.Ordinal);
        Assert.All(
            new[]
            {
                Compose["services"]!["postgres"]!["environment"]!["POSTGRES_PASSWORD"], Compose["services"]!["postgres"]!["environment"]!["ATLAS_OWNER_PASSWORD"],
                Compose["services"]!["postgres"]!["environment"]!["ATLAS_CLIENT_PASSWORD"], Silo["environment"]!["Atlas__Secret"], Silo["environment"]!["Atlas__Api__AdminKey"],
            },
            value => Assert.Contains(":?", (string)value!, StringComparison.Ordinal));
    }

    [Fact]
    public void A_silo_in_a_container_is_reached_at_the_containers_own_address()
    {
        using var silo = SiloFacts.Build("--Atlas:Silo:Hosting=container");

        var address = silo.Services.GetRequiredService<IOptions<EndpointOptions>>().Value.AdvertisedIPAddress;
        Assert.NotNull(address);
        Assert.False(IPAddress.IsLoopback(address));
        Assert.Equal(Environment.MachineName, silo.Services.GetRequiredService<IOptions<SiloOptions>>().Value.SiloName);
    }

    private static List<string> All(string instruction) =>
        [.. Lines.Where(line => line.StartsWith(instruction + " ", StringComparison.Ordinal)).Select(line => line[(instruction.Length + 1)..].Trim())];

    private static IEnumerable<string> ProjectsOf(string project)
    {
        yield return project;
        foreach (var reference in System.Xml.Linq.XDocument.Load(project).Descendants("ProjectReference").Select(item => item.Attribute("Include")!.Value))
        {
            foreach (var inner in ProjectsOf(Path.GetFullPath(Path.Combine(Path.GetDirectoryName(project)!, reference))))
            {
                yield return inner;
            }
        }
    }

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);
}

namespace Sluice.IntegrationTests.Funnels;

/// <summary>A folder with a few events, and <c>sluice funnel</c> in it.</summary>
internal sealed class EventFolder : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("sluice-events-").FullName;

    public EventFolder()
    {
        File.WriteAllText(
            Path.Combine(_folder, "events.csv"),
            """
            user_id,event,time,amount,product
            u1,a,0,5,x
            u1,b,10,2,x
            u2,a,0.5,,y
            u2,refund,3,,
            u2,b,4,7,y
            ,a,1,1,x
            u3,b,1,,
            u3,a,2,3,
            u4,a,100,9,z

            """
        );
        File.WriteAllText(
            Path.Combine(_folder, "checkout.yaml"),
            """
            steps: [a, {event: b, where: "amount > 1", name: Bought}]
            window: 1m
            exclude: [{event: refund, after: 1, before: 2}]
            by: [product]
            """
        );
    }

    public string PathOf(string name) => Path.Combine(_folder, name);

    public void Write(string name, string content) => File.WriteAllText(PathOf(name), content);

    public CliResult Run(params string[] arguments) => Cli.Run(_folder, ["funnel", .. arguments]);

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}

namespace Sluice.IntegrationTests.Scheduling;

/// <summary>Projects with a user's own DAGs.</summary>
internal static class UserDags
{
    /// <summary>A project with these DAGs, and nothing else.</summary>
    public static SluiceProject ProjectWith(string dags)
    {
        var project = new SluiceProject();
        Write(project, dags);
        return project;
    }

    /// <summary>Writes its DAGs anew.</summary>
    public static void Write(SluiceProject project, string dags) =>
        project.Write(
            "sluice.yaml",
            "name: shop\nsources: {}\ndags:\n" + string.Join('\n', dags.Split('\n').Select(line => "  " + line)) + "\n"
        );

    public static string Trigger(SluiceProject project, string dag, params string[] options) =>
        project.Run(["dags", "trigger", dag, "--date", SluiceProject.Day, .. options]).Done().Output;

    /// <summary>Triggers it, and lets a scheduler run until it has come to a state.</summary>
    public static void RunToEnd(SluiceProject project, string dag, string state, params string[] options) =>
        RunToEnd(project, dag, state, trigger: true, options);

    public static void RunToEnd(SluiceProject project, string dag, string state, bool trigger, params string[] options)
    {
        if (trigger)
        {
            Trigger(project, dag, options);
        }

        using var scheduler = RunningScheduler.Start(project);
        scheduler.Until($"{dag} {SluiceProject.Day} {state}");
        scheduler.Stop().Done();
    }

    public static string Log(SluiceProject project, string dag, string task, params string[] options) =>
        project.Run(["runs", "logs", dag, SluiceProject.Day, "--task", task, .. options]).Done().Output;

    public static string Read(SluiceProject project, string file) =>
        File.ReadAllText(Path.Combine(project.Folder, file)).TrimEnd();
}
